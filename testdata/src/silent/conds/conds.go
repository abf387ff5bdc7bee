// Package conds waits for conditions that others bring about.
package conds

import "sync"

// Queue is a queue without a bound.
type Queue[T any] struct {
	mu     sync.Mutex
	cond   *sync.Cond
	items  []T
	closed bool
}

// New returns an empty queue.
func New[T any]() *Queue[T] {
	q := new(Queue[T])
	q.cond = sync.NewCond(&q.mu)
	return q
}

// Push adds an item.
func (q *Queue[T]) Push(item T) {
	q.mu.Lock()
	q.items = append(q.items, item)
	q.mu.Unlock()
	q.cond.Signal()
}

// Pop waits for an item. It returns false once the queue is closed and empty.
func (q *Queue[T]) Pop() (item T, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 && !q.closed {
		q.cond.Wait()
	}
	if len(q.items) == 0 {
		return item, false
	}
	item, q.items = q.items[0], q.items[1:]
	return item, true
}

// Close wakes all who wait.
func (q *Queue[T]) Close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.cond.Broadcast()
}

// Each calls f for the items with two goroutines.
func Each[T any](items []T, f func(T)) {
	q := New[T]()
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for it, ok := q.Pop(); ok; it, ok = q.Pop() {
				f(it)
			}
		})
	}
	for _, it := range items {
		q.Push(it)
	}
	q.Close()
	wg.Wait()
}

// Flusher writes in the background what was put into it. Methods wake the
// goroutine through a condition.
type Flusher struct {
	mu    sync.Mutex
	wake  sync.Cond
	dirty bool
	stop  bool
	write func()
	ended chan struct{}
}

// NewFlusher starts a flusher.
func NewFlusher(write func()) *Flusher {
	f := &Flusher{write: write, ended: make(chan struct{})}
	f.wake.L = &f.mu
	go f.loop()
	return f
}

func (f *Flusher) loop() {
	defer close(f.ended)
	for f.wait() {
		f.write()
	}
}

// wait returns true when there is something to write.
func (f *Flusher) wait() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	for !f.dirty && !f.stop {
		f.wake.Wait()
	}
	f.dirty = false
	return !f.stop
}

// Touch makes the flusher write.
func (f *Flusher) Touch() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.dirty = true
	f.wake.Signal()
}

// Close ends the flusher.
func (f *Flusher) Close() {
	f.mu.Lock()
	f.stop = true
	f.wake.Signal()
	f.mu.Unlock()
	<-f.ended
}

// Barrier lets n goroutines wait for each other, again and again.
type Barrier struct {
	mu      sync.Mutex
	cond    *sync.Cond
	n, here int
	round   int
}

// NewBarrier returns a barrier for n.
func NewBarrier(n int) *Barrier {
	b := &Barrier{n: n}
	b.cond = sync.NewCond(&b.mu)
	return b
}

// Wait waits until all are there.
func (b *Barrier) Wait() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.here++
	if b.here == b.n {
		b.here = 0
		b.round++
		b.cond.Broadcast()
		return
	}
	for round := b.round; round == b.round; {
		b.cond.Wait()
	}
}

// Rounds lets n players play several rounds.
func Rounds(n, rounds int, play func(player, round int)) {
	b := NewBarrier(n)
	var wg sync.WaitGroup
	for p := range n {
		wg.Go(func() {
			for r := range rounds {
				play(p, r)
				b.Wait()
			}
		})
	}
	wg.Wait()
}

// Ready is set once.
func Ready(prepare func(), use func()) {
	var mu sync.Mutex
	ready := false
	c := sync.NewCond(&mu)
	done := make(chan struct{})
	go func() {
		defer close(done)
		c.L.Lock()
		for !ready {
			c.Wait()
		}
		c.L.Unlock()
		use()
	}()
	prepare()
	c.L.Lock()
	ready = true
	c.L.Unlock()
	c.Broadcast()
	<-done
}
