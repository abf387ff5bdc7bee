// Package lease has helpers that lock, for package helpers to use.
package lease

import (
	"errors"
	"sync"
)

type Lease struct {
	mu   sync.RWMutex
	gone bool
	N    int
}

func (l *Lease) Lock()    { l.mu.Lock() }
func (l *Lease) Unlock()  { l.mu.Unlock() }
func (l *Lease) RLock()   { l.mu.RLock() }
func (l *Lease) RUnlock() { l.mu.RUnlock() }

// Acquire returns with the lease locked unless it fails.
func (l *Lease) Acquire() error {
	l.mu.Lock()
	if l.gone {
		l.mu.Unlock()
		return errors.New("gone")
	}
	return nil
}

// Release unlocks the lease.
func (l *Lease) Release() { l.mu.Unlock() }

// With runs f with the lease locked.
func (l *Lease) With(f func() error) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return f()
}

// Lender returns a function that gives the lease back for a while and returns one
// that takes it again.
func (l *Lease) Lender() (lend func() (retake func())) {
	return func() func() {
		l.Unlock()
		return l.Lock
	}
}

// Namer returns a function that has nothing to do with the lease.
func Namer(name string) func() string { return func() string { return name } }
