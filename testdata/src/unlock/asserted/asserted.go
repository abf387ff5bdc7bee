// Package asserted has releases before assertions that do not hold.
package asserted

import (
	"sync"
	"testing"

	"example.com/corpus/unlock/asserted/expect"
)

type shelf struct {
	mu   sync.Mutex
	rows []int
}

func (s *shelf) compact() error { return nil }

func noError(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("no error expected, but got %v", err)
	}
}

func isTrue(t *testing.T, ok bool) {
	if !ok {
		t.Fatal("not true")
	}
}

// both hands its arguments on.
func both(t *testing.T, ok bool, err error) {
	isTrue(t, ok)
	expect.NoError(t, err)
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// kept recovers from what it finds.
func kept(err error) {
	defer func() { recover() }()
	if err != nil {
		panic(err)
	}
}

// other is about another error once it has assigned its own.
func other(t *testing.T, s *shelf, err error) {
	err = s.compact()
	if err != nil {
		t.Fatal(err)
	}
}

// SameAsFatal ends the test after the release.
func SameAsFatal(t *testing.T, s *shelf) {
	s.mu.Lock()
	if err := s.compact(); err != nil {
		s.mu.Unlock()
		noError(t, err)
	}
	s.mu.Unlock()
}

// Abroad does with a function of another package.
func Abroad(t *testing.T, s *shelf) {
	s.mu.Lock()
	if err := s.compact(); err != nil {
		s.mu.Unlock()
		expect.NoError(t, err, "compact")
	}
	if n := len(s.rows); n != 1 {
		s.mu.Unlock()
		expect.Equal(t, n, 1)
	}
	s.mu.Unlock()
}

// HandedOn is asserted by functions that the helper calls.
func HandedOn(t *testing.T, s *shelf) {
	s.mu.Lock()
	err := s.compact()
	if len(s.rows) == 0 {
		s.mu.Unlock()
		both(t, false, err)
	}
	if err != nil {
		s.mu.Unlock()
		both(t, true, err)
	}
	s.mu.Unlock()
}

// Panics does not come to the second release either.
func Panics(s *shelf) {
	s.mu.Lock()
	err := s.compact()
	if err != nil {
		s.mu.Unlock()
		must(err)
	}
	s.mu.Unlock()
}

// Another asserts something else.
func Another(t *testing.T, s *shelf, first error) {
	s.mu.Lock()
	if err := s.compact(); err != nil {
		s.mu.Unlock()
		noError(t, first)
	}
	s.mu.Unlock() // want `s.mu is already unlocked, at line 113`
}

// Marked goes on.
func Marked(t *testing.T, s *shelf) {
	s.mu.Lock()
	if err := s.compact(); err != nil {
		s.mu.Unlock()
		expect.Soon(t, err)
	}
	s.mu.Unlock() // want `s.mu is already unlocked, at line 123`
}

// Recovered goes on, too.
func Recovered(s *shelf) {
	s.mu.Lock()
	if err := s.compact(); err != nil {
		s.mu.Unlock()
		kept(err)
	}
	s.mu.Unlock() // want `s.mu is already unlocked, at line 133`
}

// Reassigned asserts what the helper has found itself.
func Reassigned(t *testing.T, s *shelf) {
	s.mu.Lock()
	if err := s.compact(); err != nil {
		s.mu.Unlock()
		other(t, s, err)
	}
	s.mu.Unlock() // want `s.mu is already unlocked, at line 143`
}

// Equals asserts that it is not so.
func Equals(t *testing.T, s *shelf) {
	s.mu.Lock()
	if n := len(s.rows); n == 1 {
		s.mu.Unlock()
		expect.Equal(t, n, 1)
	}
	s.mu.Unlock() // want `s.mu is already unlocked, at line 153`
}

type subscription struct{}

func (s *subscription) drain() {}

func (s *shelf) subscribe(string) (*subscription, error) { return nil, nil }

// Several asserts one after the other.
func Several(t *testing.T, s *shelf, flush func() error) {
	err := s.compact()
	s.mu.Lock()
	sub, err := s.subscribe("reply")
	if err != nil {
		s.mu.Unlock()
		noError(t, err)
	}
	defer sub.drain()
	if err = flush(); err != nil {
		s.mu.Unlock()
		noError(t, err)
	}
	s.mu.Unlock()
}
