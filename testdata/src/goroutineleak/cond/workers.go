package cond

import "sync"

type queue struct {
	mu     sync.Mutex
	cond   sync.Cond
	items  []func()
	closed bool
}

func (q *queue) next() func() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 && !q.closed {
		q.cond.Wait() // want "q.cond.Wait blocks for ever"
	}
	if len(q.items) == 0 {
		return nil
	}
	f := q.items[0]
	q.items = q.items[1:]
	return f
}

func (q *queue) add(f func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.items = append(q.items, f)
	q.cond.Signal()
}

func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.cond.Signal()
}

// Workers runs what next yields with n goroutines.
func Workers(n int, next func() (func(), bool)) {
	q := new(queue)
	q.cond.L = &q.mu
	var wg sync.WaitGroup
	for range max(1, n) {
		wg.Go(func() {
			for f := q.next(); f != nil; f = q.next() {
				f()
			}
		})
	}
	for f, ok := next(); ok; f, ok = next() {
		q.add(f)
	}
	q.close()
	wg.Wait()
}

type queueFixed struct {
	mu     sync.Mutex
	cond   sync.Cond
	items  []func()
	closed bool
}

func (q *queueFixed) next() func() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 && !q.closed {
		q.cond.Wait()
	}
	if len(q.items) == 0 {
		return nil
	}
	f := q.items[0]
	q.items = q.items[1:]
	return f
}

func (q *queueFixed) add(f func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.items = append(q.items, f)
	q.cond.Signal()
}

func (q *queueFixed) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.cond.Broadcast()
}

// WorkersFixed runs what next yields with n goroutines.
func WorkersFixed(n int, next func() (func(), bool)) {
	q := new(queueFixed)
	q.cond.L = &q.mu
	var wg sync.WaitGroup
	for range max(1, n) {
		wg.Go(func() {
			for f := q.next(); f != nil; f = q.next() {
				f()
			}
		})
	}
	for f, ok := next(); ok; f, ok = next() {
		q.add(f)
	}
	q.close()
	wg.Wait()
}
