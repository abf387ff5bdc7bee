package locks

import "sync"

// A lock that the only caller of a function holds keeps both orders apart.
type stripes struct {
	gc    sync.Mutex
	locks []stripe
	items map[int]*entry
}

type stripe struct{ sync.RWMutex }

type entry struct {
	sync.Mutex
	ref  int
	last int
}

func (s *stripes) collect(min int) {
	s.gc.Lock()
	defer s.gc.Unlock()
	check := func(n int, it *entry) {
		it.Lock()
		if it.last >= min {
			it.Unlock()
			return
		}
		if it.ref != n {
			s.locks[it.ref].Lock()
		}
		delete(s.items, it.ref)
		if it.ref != n {
			s.locks[it.ref].Unlock()
		}
		it.Unlock()
	}
	for n := range s.locks {
		s.locks[n].Lock()
		for _, it := range s.items {
			check(n, it)
		}
		s.locks[n].Unlock()
	}
}

// The same without that lock.
type stripesOpen struct {
	locks []stripeOpen
	items map[int]*itemOpen
}

type stripeOpen struct{ sync.RWMutex }

type itemOpen struct {
	sync.Mutex
	ref  int
	last int
}

func (s *stripesOpen) Collect(min int) {
	check := func(n int, it *itemOpen) {
		it.Lock()
		if it.last < min && it.ref != n {
			s.locks[it.ref].Lock() // want `s.locks\[it.ref\] is locked while it is held, elsewhere \(gates.go:\d+\) the other way round`
			delete(s.items, it.ref)
			s.locks[it.ref].Unlock()
		}
		it.Unlock()
	}
	for n := range s.locks {
		s.locks[n].Lock()
		for _, it := range s.items {
			check(n, it)
		}
		s.locks[n].Unlock()
	}
}

// The worker that Go starts needs no lock; who starts it does.
type idleQueue struct {
	mu      sync.Mutex
	running bool
	jobs    chan int
	workers sync.WaitGroup
}

func newIdleQueue() *idleQueue {
	q := &idleQueue{jobs: make(chan int)}
	q.start()
	return q
}

func (q *idleQueue) start() {
	q.workers.Go(func() {
		for n := range q.jobs {
			println(n)
		}
	})
	q.mu.Lock()
	q.running = true
	q.mu.Unlock()
}

func (q *idleQueue) stop() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.running {
		q.running = false
		close(q.jobs)
		q.workers.Wait()
	}
}

// Here the worker needs it.
type busyQueue struct {
	mu      sync.Mutex
	n       int
	jobs    chan int
	workers sync.WaitGroup
}

func newBusyQueue() *busyQueue {
	q := &busyQueue{jobs: make(chan int)}
	q.workers.Go(func() {
		for n := range q.jobs {
			q.mu.Lock()
			q.n += n
			q.mu.Unlock()
		}
	})
	return q
}

func (q *busyQueue) stop() {
	q.mu.Lock()
	defer q.mu.Unlock()
	close(q.jobs)
	q.workers.Wait() // want `q.workers.Wait under q.mu blocks for ever: its partner needs q.mu first`
}
