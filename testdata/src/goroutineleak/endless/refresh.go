package endless

import (
	"errors"
	"fmt"
	"time"
)

// Locker hands out leases.
type Locker interface {
	Acquire(name string, ttl time.Duration) error
	Renew(name string) error
	Release(name string) error
}

type lease struct {
	locker Locker
	name   string
}

func (l *lease) keep(ttl time.Duration) {
	for { // want "loop never ends"
		<-time.After(ttl / 3)
		if err := l.locker.Renew(l.name); err != nil {
			continue
		}
	}
}

// Refresh runs f while it holds a lease.
func Refresh(locker Locker, name string, ttl time.Duration, f func() error) error {
	if err := locker.Acquire(name, ttl); err != nil {
		return fmt.Errorf("acquire %s: %w", name, err)
	}
	l := &lease{locker: locker, name: name}
	go l.keep(ttl)
	err := f()
	return errors.Join(err, locker.Release(name))
}

type leaseFixed struct {
	locker Locker
	name   string
	done   chan struct{}
}

func (l *leaseFixed) keep(ttl time.Duration) {
	for {
		select {
		case <-time.After(ttl / 3):
		case <-l.done:
			return
		}
		if err := l.locker.Renew(l.name); err != nil {
			continue
		}
	}
}

// RefreshFixed runs f while it holds a leaseFixed.
func RefreshFixed(locker Locker, name string, ttl time.Duration, f func() error) error {
	if err := locker.Acquire(name, ttl); err != nil {
		return fmt.Errorf("acquire %s: %w", name, err)
	}
	l := &leaseFixed{locker: locker, name: name}
	l.done = make(chan struct{})
	go l.keep(ttl)
	err := f()
	close(l.done)
	return errors.Join(err, locker.Release(name))
}
