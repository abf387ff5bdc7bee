package stopsignal

import "errors"

// Heartbeat says hello to a peer as long as it lives.
type Heartbeat struct {
	send  func() error
	fails int
	bye   chan error
	gone  chan struct{}
}

// Connect starts to say hello. The peer is given up after some failures.
func Connect(send func() error, tolerate int) *Heartbeat {
	h := &Heartbeat{send: send, bye: make(chan error, 1), gone: make(chan struct{})}
	go func() {
		for h.fails <= tolerate {
			if err := h.send(); err != nil {
				h.fails++
				continue
			}
			break
		}
		if h.fails > tolerate {
			h.bye <- errors.New("peer is gone")
		}
		<-h.gone // want "receive from h.gone blocks for ever"
	}()
	return h
}

// Close gives the peer up and returns why it was given up before, if it was.
func (h *Heartbeat) Close() error {
	var err error
	select {
	case err = <-h.bye:
	default:
	}
	return err
}

// HeartbeatFixed says hello to a peer as long as it lives.
type HeartbeatFixed struct {
	send  func() error
	fails int
	bye   chan error
	gone  chan struct{}
}

// ConnectFixed starts to say hello. The peer is given up after some failures.
func ConnectFixed(send func() error, tolerate int) *HeartbeatFixed {
	h := &HeartbeatFixed{send: send, bye: make(chan error, 1), gone: make(chan struct{})}
	go func() {
		for h.fails <= tolerate {
			if err := h.send(); err != nil {
				h.fails++
				continue
			}
			break
		}
		if h.fails > tolerate {
			h.bye <- errors.New("peer is gone")
		}
		<-h.gone
	}()
	return h
}

// Close gives the peer up and returns why it was given up before, if it was.
func (h *HeartbeatFixed) Close() error {
	var err error
	select {
	case err = <-h.bye:
	default:
	}
	close(h.gone)
	return err
}
