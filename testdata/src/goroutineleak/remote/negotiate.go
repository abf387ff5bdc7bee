package remote

import (
	"bufio"
	"errors"
	"fmt"
	"io"
)

type peer struct {
	rw      io.ReadWriter
	replies chan string
	fail    chan error
}

// listen reads one reply for each line that is written.
func (p *peer) listen(n int) {
	s := bufio.NewScanner(p.rw)
	for i := 0; i < n && s.Scan(); i++ {
		p.replies <- s.Text() // want "send on p.replies blocks for ever"
	}
	if err := s.Err(); err != nil {
		p.fail <- err
	}
	close(p.replies)
}

// Negotiate offers protocols and returns the first that the other side accepts.
func Negotiate(rw io.ReadWriter, protocols ...string) (string, error) {
	p := &peer{rw: rw, replies: make(chan string), fail: make(chan error, 1)}
	for _, proto := range protocols {
		if _, err := fmt.Fprintln(rw, proto); err != nil {
			return "", err
		}
	}
	go p.listen(len(protocols))
	for i := range protocols {
		reply, ok := <-p.replies
		if !ok {
			break
		}
		if reply == "ok" {
			return protocols[i], nil
		}
	}
	select {
	case err := <-p.fail:
		return "", err
	default:
		return "", errors.New("no common protocol")
	}
}

type peerFixed struct {
	rw      io.ReadWriter
	replies chan string
	fail    chan error
}

// listen reads one reply for each line that is written.
func (p *peerFixed) listen(n int) {
	s := bufio.NewScanner(p.rw)
	for i := 0; i < n && s.Scan(); i++ {
		p.replies <- s.Text()
	}
	if err := s.Err(); err != nil {
		p.fail <- err
	}
	close(p.replies)
}

// NegotiateFixed offers protocols and returns the first that the other side accepts.
func NegotiateFixed(rw io.ReadWriter, protocols ...string) (string, error) {
	p := &peerFixed{rw: rw, replies: make(chan string, len(protocols)), fail: make(chan error, 1)}
	for _, proto := range protocols {
		if _, err := fmt.Fprintln(rw, proto); err != nil {
			return "", err
		}
	}
	go p.listen(len(protocols))
	for i := range protocols {
		reply, ok := <-p.replies
		if !ok {
			break
		}
		if reply == "ok" {
			return protocols[i], nil
		}
	}
	select {
	case err := <-p.fail:
		return "", err
	default:
		return "", errors.New("no common protocol")
	}
}
