package handoff

import "sync"

// results are collected once, and locked for good then: whoever adds afterwards
// is too late.
type results struct {
	mu   sync.Mutex
	list []int
}

func (r *results) add(n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.list = append(r.list, n)
}

func (r *results) collect() []int {
	if !r.mu.TryLock() {
		panic("somebody still adds")
	}
	return r.list
}

// batch begins anew with fresh results, whose lock is free.
type batch[T any] struct {
	last T
	res  results
}

func (b *batch[T]) add(n int) { b.res.add(n) }

func (b *batch[T]) wait() []int {
	list := b.res.collect()
	b.res = results{}
	return list
}

func twoBatches() int {
	b := &batch[string]{}
	b.add(1)
	n := len(b.wait())
	b.add(2)
	return n + len(b.wait())
}

// stale forgets the fresh results on one way.
type stale struct {
	mu  sync.Mutex
	n   int
	sum [2]int
}

func (s *stale) reset() {
	s.mu.Lock()
	*s = stale{}
}

func (s *stale) replace() {
	s.mu.Lock()
	s.n = 1
	s.mu = sync.Mutex{}
}

func (s *stale) count(sum [2]int) int {
	s.mu.Lock()
	s.sum = sum // another struct than that of the lock
	if s.n == 0 {
		return 0 // want "return without unlocking s.mu"
	}
	s.mu.Unlock()
	return s.n
}
