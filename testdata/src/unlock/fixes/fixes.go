// Package fixes shows what the check suggests.
package fixes

import (
	"errors"
	"sync"
)

type store struct {
	mu sync.Mutex
	rw sync.RWMutex
	n  int
}

var errNegative = errors.New("negative")

func (s *store) add(n int) error {
	s.mu.Lock()
	if n < 0 {
		return errNegative // want `return without unlocking s.mu`
	}
	s.n += n
	s.mu.Unlock()
	return nil
}

func (s *store) read(limit int) int {
	s.rw.RLock()
	if s.n > limit {
		return s.n // want `return without unlocking s.rw`
	}
	n := s.n
	s.rw.RUnlock()
	return n
}

func (s *store) write() {
	s.rw.RLock()
	s.n++
	s.rw.Unlock() // want `Unlock of s.rw, which line 38 locked with RLock: use RUnlock`
}

func (s *store) count() int {
	s.mu.Lock()
	return s.n // want `return without unlocking s.mu`
}
