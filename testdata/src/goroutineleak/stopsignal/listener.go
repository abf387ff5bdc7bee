package stopsignal

import (
	"io"
	"net"
	"sync/atomic"
)

// Listener accepts connections until it is closed.
type Listener struct {
	sock   io.Closer
	quit   chan struct{}
	closed atomic.Bool
}

// Listen takes over a socket.
func Listen(sock io.Closer) *Listener {
	l := &Listener{sock: sock, quit: make(chan struct{})}
	go l.closeOnQuit()
	return l
}

func (l *Listener) closeOnQuit() {
	<-l.quit // want "receive from l.quit blocks for ever"
	l.sock.Close()
}

// Close stops accepting. It may be called more than once.
func (l *Listener) Close() error {
	if l.closed.Swap(true) {
		return net.ErrClosed
	}
	return nil
}

// ListenerFixed accepts connections until it is closed.
type ListenerFixed struct {
	sock   io.Closer
	quit   chan struct{}
	closed atomic.Bool
}

// ListenFixed takes over a socket.
func ListenFixed(sock io.Closer) *ListenerFixed {
	l := &ListenerFixed{sock: sock, quit: make(chan struct{})}
	go l.closeOnQuit()
	return l
}

func (l *ListenerFixed) closeOnQuit() {
	<-l.quit
	l.sock.Close()
}

// Close stops accepting. It may be called more than once.
func (l *ListenerFixed) Close() error {
	if l.closed.Swap(true) {
		return net.ErrClosed
	}
	close(l.quit)
	return nil
}
