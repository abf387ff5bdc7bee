// Package semaphore bounds what happens at the same time.
package semaphore

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"
)

// Limited calls f for all items, at most n at a time.
func Limited(items []string, n int, f func(string)) {
	slots := make(chan struct{}, max(1, n))
	var wg sync.WaitGroup
	for _, it := range items {
		slots <- struct{}{}
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer func() { <-slots }()
			f(it)
		}()
	}
	wg.Wait()
}

// Filled waits for the goroutines by taking all slots.
func Filled(items []string, f func(string)) {
	const limit = 3
	slots := make(chan struct{}, limit)
	for _, it := range items {
		slots <- struct{}{}
		go func() {
			f(it)
			<-slots
		}()
	}
	for range limit {
		slots <- struct{}{}
	}
}

// Tokens hands out a number of tokens that are given back.
type Tokens struct {
	free chan int
}

// NewTokens returns n tokens.
func NewTokens(n int) *Tokens {
	t := &Tokens{free: make(chan int, n)}
	for i := range n {
		t.free <- i
	}
	return t
}

// With runs f with a token, unless ctx ends first.
func (t *Tokens) With(ctx context.Context, f func(token int)) error {
	select {
	case token := <-t.free:
		defer func() { t.free <- token }()
		f(token)
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Spread calls f with different tokens.
func Spread(calls int, f func(token int)) {
	t := NewTokens(2)
	var wg sync.WaitGroup
	for range calls {
		wg.Go(func() { t.With(context.Background(), f) })
	}
	wg.Wait()
}

// Mutex is a lock one can give up to wait for.
type Mutex struct {
	c chan struct{}
}

// NewMutex returns an unlocked mutex.
func NewMutex() *Mutex { return &Mutex{c: make(chan struct{}, 1)} }

// Lock locks the mutex.
func (m *Mutex) Lock() { m.c <- struct{}{} }

// TryLock locks the mutex if that is possible within d.
func (m *Mutex) TryLock(d time.Duration) bool {
	select {
	case m.c <- struct{}{}:
		return true
	case <-time.After(d):
		return false
	}
}

// Unlock unlocks the mutex.
func (m *Mutex) Unlock() { <-m.c }

// Increment counts to n with goroutines that exclude each other.
func Increment(n int) (total int) {
	m := NewMutex()
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() {
			m.Lock()
			defer m.Unlock()
			total++
		})
	}
	wg.Wait()
	if m.TryLock(time.Second) {
		defer m.Unlock()
	}
	return total
}

// Weighted bounds the sum of the weights.
func Weighted(ctx context.Context, sizes []int64, load func(int64)) error {
	const most = 10
	sem := semaphore.NewWeighted(most)
	for _, s := range sizes {
		if err := sem.Acquire(ctx, min(s, most)); err != nil {
			return err
		}
		go func() {
			defer sem.Release(min(s, most))
			load(s)
		}()
	}
	return sem.Acquire(ctx, most)
}
