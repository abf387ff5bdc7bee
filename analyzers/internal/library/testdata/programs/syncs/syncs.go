// Package syncs shows sync and sync/atomic at work.
package syncs

import (
	"sync"
	"sync/atomic"
)

// Queue is the classic use of a Cond.
type Queue struct {
	mu    sync.Mutex
	cond  *sync.Cond
	items []int
}

func NewQueue() *Queue {
	q := &Queue{}
	q.cond = sync.NewCond(&q.mu)
	return q
}

func (q *Queue) Put(v int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.items = append(q.items, v)
	q.cond.Signal()
}

func (q *Queue) Get() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 {
		q.cond.Wait()
	}
	v := q.items[0]
	q.items = q.items[1:]
	return v
}

func UseQueue() int {
	q := NewQueue()
	go q.Put(1)
	return q.Get()
}

// Unwoken waits for a flag that is set without a signal.
func Unwoken() {
	var mu sync.Mutex
	cond := sync.NewCond(&mu)
	ready := false
	go func() {
		mu.Lock()
		ready = true
		mu.Unlock()
	}()
	mu.Lock()
	for !ready {
		cond.Wait() // stuck: Unwoken
	}
	mu.Unlock()
}

// Close is safe to call twice.
type Closer struct {
	once sync.Once
	done chan struct{}
}

func (c *Closer) Close() { c.once.Do(func() { close(c.done) }) }

func CloseTwice() {
	c := &Closer{done: make(chan struct{})}
	go c.Close()
	c.Close()
	<-c.done
}

func OnceFuncTwice() {
	done := make(chan struct{})
	stop := sync.OnceFunc(func() { close(done) })
	go stop()
	stop()
	<-done
}

// Recursive reaches the Once that it is in.
func Recursive() {
	var once sync.Once
	var f func()
	f = func() { once.Do(f) } // stuck: Recursive
	go once.Do(f)
}

func Swap() {
	var closed atomic.Bool
	done := make(chan struct{})
	stop := func() {
		if closed.CompareAndSwap(false, true) {
			close(done)
		}
	}
	go stop()
	stop()
	<-done
}

func LoadStore() {
	var closed atomic.Bool
	done := make(chan struct{})
	stop := func() {
		if !closed.Load() {
			closed.Store(true)
			close(done) // panics: LoadStore
		}
	}
	go stop()
	stop()
	<-done
}

// Last is done by whoever comes last.
func Last(n int) {
	var left atomic.Int64
	left.Store(2)
	done := make(chan struct{})
	for range 2 {
		go func() {
			if left.Add(-1) == 0 {
				close(done)
			}
		}()
	}
	<-done
}

func Group() int {
	var wg sync.WaitGroup
	results := make(chan int, 2)
	wg.Go(func() { results <- 1 })
	wg.Go(func() { results <- 2 })
	wg.Wait()
	return <-results + <-results
}

// GroupUnbuffered waits for senders before it receives.
func GroupUnbuffered() int {
	var wg sync.WaitGroup
	results := make(chan int)
	wg.Go(func() { results <- 1 }) // stuck: GroupUnbuffered
	wg.Wait()
	return <-results
}

// Doubly counts what wg.Go counts already.
func Doubly() {
	var wg sync.WaitGroup
	wg.Go(func() { wg.Done() }) // panics: Doubly
	wg.Wait()
}

// Subscribers keeps channels in a sync.Map and closes them all.
func Subscribers() {
	var subs sync.Map
	c := make(chan int)
	subs.Store("a", c)
	go func() {
		for range c {
		}
	}()
	subs.Range(func(_, v any) bool {
		close(v.(chan int))
		return true
	})
}

// Reentrant locks for reading while a writer waits.
func Reentrant() {
	var mu sync.RWMutex
	done := make(chan struct{})
	go func() {
		mu.Lock()
		mu.Unlock()
		close(done)
	}()
	mu.RLock()
	mu.RLock() // stuck: Reentrant
	mu.RUnlock()
	mu.RUnlock()
	<-done
}

func viaLocker(l sync.Locker, f func()) {
	l.Lock()
	defer l.Unlock()
	f()
}

func Lockers() {
	var mu sync.RWMutex
	viaLocker(&mu, func() {})
	viaLocker(mu.RLocker(), func() { mu.RLock(); mu.RUnlock() })
}

// LockerTwice locks through the interface what is locked.
func LockerTwice() {
	var mu sync.Mutex
	go func() {
		mu.Lock()
		var l sync.Locker = &mu
		l.Lock() // stuck: LockerTwice
	}()
}
