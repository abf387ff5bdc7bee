// Package example holds three mistakes, for the README.
package example

import (
	"context"
	"sync"
)

// Stats counts calls.
type Stats struct {
	mu    sync.Mutex
	calls int
}

// Snapshot copies the lock together with the number it guards.
func (s *Stats) Snapshot() Stats {
	s.mu.Lock()
	defer s.mu.Unlock()
	return *s
}

// Fetch leaves its goroutine behind when the context ends first.
func Fetch(ctx context.Context, load func() string) (string, error) {
	results := make(chan string)
	go func() {
		results <- load()
	}()
	select {
	case r := <-results:
		return r, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// All may return before the last call is counted.
func All(calls []func()) {
	var wg sync.WaitGroup
	for _, call := range calls {
		go func() {
			wg.Add(1)
			defer wg.Done()
			call()
		}()
	}
	wg.Wait()
}
