// Package helpers locks through package lease.
package helpers

import "example.com/corpus/unlock/lease"

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
	defer o.l.Unlock() // want `Unlock of o.l.mu, which line 50 locked with RLock: use RUnlock`
	return o.l.N
}

func (o *owner) with(n int) error {
	return o.l.With(func() error {
		o.l.N = n
		return nil
	})
}
