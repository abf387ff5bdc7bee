// Package once does things once for several goroutines.
package once

import (
	"sync"
	"time"
)

// Lazy computes a value when it is first needed.
type Lazy[T any] struct {
	once sync.Once
	make func() T
	v    T
}

// NewLazy returns a value that is computed by f.
func NewLazy[T any](f func() T) *Lazy[T] { return &Lazy[T]{make: f} }

// Get returns the value.
func (l *Lazy[T]) Get() T {
	l.once.Do(func() { l.v = l.make() })
	return l.v
}

// Nested needs one value for another.
func Nested(base func() int) int {
	a := NewLazy(base)
	b := NewLazy(func() int { return a.Get() + 1 })
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() { b.Get() })
	}
	wg.Wait()
	return a.Get() * b.Get()
}

// Stopper can be stopped by many.
type Stopper struct {
	C    chan struct{}
	once sync.Once
}

// NewStopper returns a stopper.
func NewStopper() *Stopper { return &Stopper{C: make(chan struct{})} }

// Stop closes C.
func (s *Stopper) Stop() { s.once.Do(func() { close(s.C) }) }

// Any runs the functions until one has ended.
func Any(fns ...func(quit <-chan struct{})) {
	s := NewStopper()
	var wg sync.WaitGroup
	for _, f := range fns {
		wg.Go(func() {
			defer s.Stop()
			f(s.C)
		})
	}
	wg.Wait()
}

// Cell keeps calls for the same key together.
type Cell struct {
	mu    sync.Mutex
	calls map[string]*call
}

type call struct {
	done chan struct{}
	text string
}

// Do calls f, unless such a call is under way, whose result is shared.
func (c *Cell) Do(key string, f func() string) string {
	c.mu.Lock()
	if c.calls == nil {
		c.calls = map[string]*call{}
	}
	if running, ok := c.calls[key]; ok {
		c.mu.Unlock()
		<-running.done
		return running.text
	}
	own := &call{done: make(chan struct{})}
	c.calls[key] = own
	c.mu.Unlock()

	own.text = f()
	c.mu.Lock()
	delete(c.calls, key)
	c.mu.Unlock()
	close(own.done)
	return own.text
}

// Shared calls Do several times.
func Shared(n int, f func() string) {
	var c Cell
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() { c.Do("key", f) })
	}
	wg.Wait()
}

// Func may be called twice.
func Func(run func(quit <-chan struct{})) {
	quit := make(chan struct{})
	stop := sync.OnceFunc(func() { close(quit) })
	defer stop()
	done := make(chan struct{})
	go func() {
		defer close(done)
		run(quit)
	}()
	time.AfterFunc(time.Second, stop)
	stop()
	<-done
}
