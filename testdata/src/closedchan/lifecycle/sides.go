package lifecycle

import "sync"

// Sides serves the two sides of a connection, each of which may fail.
type Sides struct {
	mu     sync.Mutex
	failed bool
	done   chan struct{}
	log    func(string)
}

// NewSides returns one that has not failed.
func NewSides(log func(string)) *Sides { return &Sides{done: make(chan struct{}), log: log} }

func (s *Sides) hasFailed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.failed
}

// fail looks and notes under two locks: both sides may get through.
func (s *Sides) fail() {
	if s.hasFailed() {
		return
	}
	s.log("failed")
	s.mu.Lock()
	s.failed = true
	s.mu.Unlock()
	close(s.done) // want "close of closed channel s.done panics when Serve is called"
}

// Serve serves both sides until one fails.
func (s *Sides) Serve(read, write func() error) {
	for _, side := range []func() error{read, write} {
		go func() {
			for side() == nil {
			}
			s.fail()
		}()
	}
	<-s.done
}

// SidesFixed serves the two sides of a connection, each of which may fail.
type SidesFixed struct {
	mu     sync.Mutex
	failed bool
	done   chan struct{}
	log    func(string)
}

// NewSidesFixed returns one that has not failed.
func NewSidesFixed(log func(string)) *SidesFixed {
	return &SidesFixed{done: make(chan struct{}), log: log}
}

func (s *SidesFixed) fail() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.failed {
		return
	}
	s.log("failed")
	s.failed = true
	close(s.done)
}

// Serve serves both sides until one fails.
func (s *SidesFixed) Serve(read, write func() error) {
	for _, side := range []func() error{read, write} {
		go func() {
			for side() == nil {
			}
			s.fail()
		}()
	}
	<-s.done
}
