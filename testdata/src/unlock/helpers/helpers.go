// Package helpers locks through package lease.
package helpers

import (
	"sync"

	"example.com/corpus/unlock/lease"
)

type owner struct {
	l *lease.Lease
}

func (o *owner) good(n int) error {
	if err := o.l.Acquire(); err != nil {
		return err
	}
	defer o.l.Release()
	o.l.N += n
	return nil
}

func (o *owner) forgets(n int) bool {
	if err := o.l.Acquire(); err != nil {
		return false
	}
	if n < 0 {
		return false // want `return without unlocking o.l.mu`
	}
	o.l.N += n
	o.l.Release()
	return true
}

func (o *owner) wrapped(n int) {
	o.l.Lock()
	if n == 0 {
		return // want `return without unlocking o.l.mu`
	}
	o.l.N = n
	o.l.Unlock()
}

func (o *owner) wrappedRight(n int) {
	o.l.Lock()
	defer o.l.Unlock()
	if n == 0 {
		return
	}
	o.l.N = n
}

func (o *owner) wrongPartner() int {
	o.l.RLock()
	defer o.l.Unlock() // want `Unlock of o.l.mu, which line 54 locked with RLock: use RUnlock`
	return o.l.N
}

func (o *owner) with(n int) error {
	return o.l.With(func() error {
		o.l.N = n
		return nil
	})
}

type ledger struct {
	mu      sync.Mutex
	entries []int
	load    func() error
}

// open leaves the lock to its caller if there is no error, which it then returns
// as it has got it.
func (l *ledger) open() error {
	l.mu.Lock()
	err := l.load()
	if err == nil {
		return err
	}
	l.mu.Unlock()
	return err
}

func (l *ledger) add(n int) error {
	if err := l.open(); err != nil {
		return err
	}
	if n < 0 {
		return nil // want `return without unlocking l.mu`
	}
	l.entries = append(l.entries, n)
	l.mu.Unlock()
	return nil
}
