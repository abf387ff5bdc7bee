package lifecycle

import (
	"sync"
	"time"
)

// Server runs a handler in the background.
type Server struct {
	Handle func()

	mu   sync.Mutex
	quit chan struct{}
}

// Start begins to call the handler. It does nothing if it was called before.
func (s *Server) Start() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.quit != nil {
		return
	}
	quit := make(chan struct{})
	s.quit = quit
	go func() {
		for {
			select {
			case <-quit:
				return
			case <-time.After(time.Second):
				s.Handle()
			}
		}
	}()
}

// Stop ends what Start began.
func (s *Server) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.quit) // contract "close of nil channel s.quit"
	s.quit = nil
}

// ServerFixed runs a handler in the background.
type ServerFixed struct {
	Handle func()

	mu   sync.Mutex
	quit chan struct{}
}

// Start begins to call the handler. It does nothing if it was called before.
func (s *ServerFixed) Start() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.quit != nil {
		return
	}
	quit := make(chan struct{})
	s.quit = quit
	go func() {
		for {
			select {
			case <-quit:
				return
			case <-time.After(time.Second):
				s.Handle()
			}
		}
	}()
}

// Stop ends what Start began.
func (s *ServerFixed) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.quit != nil {
		close(s.quit)
		s.quit = nil
	}
}
