// Package locking holds locks while something else goes on.
package locking

import "sync"

// Counter counts in the background while its owner holds another lock.
type Counter struct {
	mu    sync.Mutex
	state sync.Mutex
	n     int
	incs  chan int
	done  chan struct{}
}

// NewCounter starts a counter.
func NewCounter() *Counter {
	c := &Counter{incs: make(chan int), done: make(chan struct{})}
	go func() {
		defer close(c.done)
		for n := range c.incs {
			c.state.Lock()
			c.n += n
			c.state.Unlock()
		}
	}()
	return c
}

// Add adds n. The goroutine that receives does not need the lock held here.
func (c *Counter) Add(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.incs != nil {
		c.incs <- n
	}
}

// Close returns the total.
func (c *Counter) Close() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.incs != nil {
		close(c.incs)
		c.incs = nil
	}
	<-c.done
	c.state.Lock()
	defer c.state.Unlock()
	return c.n
}

// Total counts with several goroutines.
func Total(parts ...int) int {
	c := NewCounter()
	var wg sync.WaitGroup
	for _, p := range parts {
		wg.Go(func() { c.Add(p) })
	}
	wg.Wait()
	return c.Close()
}

// Buffered sends under a lock to a channel that has room.
func Buffered(names []string, f func(string) string) (out []string) {
	var mu sync.Mutex
	results := make(chan string, len(names))
	var wg sync.WaitGroup
	for _, n := range names {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			results <- f(n)
		})
	}
	mu.Lock()
	mu.Unlock()
	wg.Wait()
	close(results)
	for r := range results {
		out = append(out, r)
	}
	return out
}

// Notify tells those who listen, under a lock, without waiting for them.
type Notify struct {
	mu   sync.RWMutex
	subs map[chan struct{}]bool
}

// Watch returns a channel that tells of changes, and a function to end it.
func (n *Notify) Watch() (<-chan struct{}, func()) {
	c := make(chan struct{}, 1)
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.subs == nil {
		n.subs = map[chan struct{}]bool{}
	}
	n.subs[c] = true
	return c, func() {
		n.mu.Lock()
		defer n.mu.Unlock()
		delete(n.subs, c)
	}
}

// Changed tells all of them.
func (n *Notify) Changed() {
	n.mu.RLock()
	defer n.mu.RUnlock()
	for c := range n.subs {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

// Await waits for one change.
func Await(change func(n *Notify)) {
	var n Notify
	changed, stop := n.Watch()
	defer stop()
	go func() {
		change(&n)
		n.Changed()
	}()
	<-changed
}

// Handoff lets a goroutine release what its starter locked.
func Handoff(mu *sync.Mutex, work func()) {
	mu.Lock()
	go func() {
		defer mu.Unlock()
		work()
	}()
	mu.Lock()
	defer mu.Unlock()
}

// Ordered takes two locks in the order of their numbers.
type Ordered struct {
	mu  sync.Mutex
	id  int
	sum int
}

// Move moves n from a to b.
func Move(a, b *Ordered, n int) {
	if a == b {
		return
	}
	first, second := a, b
	if b.id < a.id {
		first, second = b, a
	}
	first.mu.Lock()
	defer first.mu.Unlock()
	second.mu.Lock()
	defer second.mu.Unlock()
	a.sum -= n
	b.sum += n
}

// Exchange moves in both directions at the same time.
func Exchange(x, y int) (int, int) {
	a, b := &Ordered{id: 1, sum: x}, &Ordered{id: 2, sum: y}
	var wg sync.WaitGroup
	wg.Go(func() { Move(a, b, 1) })
	wg.Go(func() { Move(b, a, 2) })
	wg.Wait()
	return a.sum, b.sum
}

// Try goes another way if the lock is taken.
func Try(mu *sync.Mutex, work, other func()) {
	if mu.TryLock() {
		defer mu.Unlock()
		work()
		return
	}
	other()
}
