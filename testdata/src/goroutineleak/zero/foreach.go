package zero

import (
	"runtime"
	"sync"
)

// ForEach calls f for all items and returns when they are done.
func ForEach[T any](items []T, f func(T)) {
	workers := runtime.GOMAXPROCS(0) / 2
	work := make(chan T)
	go func() {
		defer close(work)
		for _, it := range items {
			work <- it // want "send on work blocks for ever"
		}
	}()
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for it := range work {
				f(it)
			}
		})
	}
	wg.Wait()
}

// ForEachFixed calls f for all items and returns when they are done.
func ForEachFixed[T any](items []T, f func(T)) {
	workers := max(1, runtime.GOMAXPROCS(0)/2)
	work := make(chan T)
	go func() {
		defer close(work)
		for _, it := range items {
			work <- it
		}
	}()
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for it := range work {
				f(it)
			}
		})
	}
	wg.Wait()
}
