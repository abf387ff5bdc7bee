// Package user deadlocks through package ring.
package user

import "example.com/corpus/deadlock/locks/ring"

type user struct {
	r    *ring.Ring
	base ring.Base
}

func (u *user) double() {
	u.r.Do(func(n int) { // want `u.r.mu is locked again by Ring.Do`
		u.r.Push(n)
	})
}

func (u *user) read() {
	u.r.Do(func(n int) { // want `u.r.mu is locked again by Ring.Do`
		println(u.r.Len())
	})
}

func (u *user) snapshot() {
	u.r.Snapshot(func(n int) {
		u.r.Push(n)
	})
}

func (u *user) other(o *user) {
	u.r.Do(func(n int) {
		o.r.Push(n)
	})
}

func (u *user) embedded() int {
	u.base.Mu.Lock()
	defer u.base.Mu.Unlock()
	return u.base.Count() // want `u.base.Mu is locked again by Base.Count`
}

func (u *user) embeddedRight() int {
	u.base.Mu.Lock()
	n := u.base.N
	u.base.Mu.Unlock()
	return n + u.base.Count()
}
