// Package ring exports what package user must not call under its lock.
package ring

import "sync"

type Ring struct {
	mu  sync.RWMutex
	buf []int
}

func (r *Ring) Len() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return len(r.buf)
}

func (r *Ring) Push(n int) {
	r.mu.Lock()
	r.buf = append(r.buf, n)
	r.mu.Unlock()
}

// Do calls f for each element, with the ring locked.
func (r *Ring) Do(f func(int)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, n := range r.buf {
		f(n)
	}
}

// Snapshot does not lock while f runs.
func (r *Ring) Snapshot(f func(int)) {
	r.mu.RLock()
	buf := r.buf
	r.mu.RUnlock()
	for _, n := range buf {
		f(n)
	}
}

type Base struct {
	Mu sync.Mutex
	N  int
}

func (b *Base) Count() int {
	b.Mu.Lock()
	defer b.Mu.Unlock()
	return b.N
}
