package handover

import (
	"net"
	"sync"
)

// Listener says when it listens.
type Listener struct {
	Addr    string
	Started func()

	mu   sync.Mutex
	open net.Listener
}

// Serve listens until somebody closes what it listens on.
func (l *Listener) Serve(serve func(net.Conn)) error {
	ln, err := net.Listen("tcp", l.Addr)
	l.mu.Lock()
	l.open = ln
	l.mu.Unlock()
	if l.Started != nil {
		l.Started()
	}
	if err != nil {
		return err
	}
	for {
		c, err := ln.Accept()
		if err != nil {
			return err
		}
		serve(c)
	}
}

// Close ends Serve.
func (l *Listener) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open == nil {
		return nil
	}
	return l.open.Close()
}

// Begin starts a listener that options have changed, and waits until it listens.
func Begin(addr string, options ...func(*Listener)) (*Listener, <-chan error) {
	l := &Listener{Addr: addr}
	for _, o := range options {
		o(l)
	}
	var wait sync.Mutex
	wait.Lock()
	l.Started = wait.Unlock
	ended := make(chan error, 1)
	go func() { ended <- l.Serve(func(c net.Conn) { c.Close() }) }()
	wait.Lock()
	return l, ended
}
