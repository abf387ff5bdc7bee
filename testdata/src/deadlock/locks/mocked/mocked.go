// Package mocked has an interface of which the tests have an implementation of
// their own.
package mocked

import "sync"

type session interface{ shut() }

type server struct {
	mu       sync.Mutex
	sessions []session
	one      session
}

type conn struct {
	mu  sync.Mutex
	srv *server
}

func newServer() *server {
	s := &server{}
	s.one = &conn{srv: s}
	return s
}

func (c *conn) shut() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.srv.drop() // want "c.srv.mu is locked by server.drop while c.mu is held, elsewhere .mocked.go:39. the other way round"
}

func (s *server) drop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sessions = nil
}

func (s *server) stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.one.shut()
}
