// Example is a program with three mistakes, for the README.
package main

import (
	"context"
	"fmt"
	"sync"
	"time"
)

type stats struct {
	mu    sync.Mutex
	calls int
}

// snapshot copies the lock together with the number it guards.
func (s *stats) snapshot() stats {
	s.mu.Lock()
	defer s.mu.Unlock()
	return *s
}

// fetch leaves its goroutine behind when the context ends first.
func fetch(ctx context.Context, load func() string) (string, error) {
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

// all may return before the last load is counted.
func all(loads []func()) {
	var wg sync.WaitGroup
	for _, load := range loads {
		go func() {
			wg.Add(1)
			defer wg.Done()
			load()
		}()
	}
	wg.Wait()
}

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	var s stats
	all([]func(){func() {
		s.mu.Lock()
		s.calls++
		s.mu.Unlock()
	}})
	page, err := fetch(ctx, func() string { return "page" })
	now := s.snapshot()
	fmt.Println(page, err, now.calls)
}
