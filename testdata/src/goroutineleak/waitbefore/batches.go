package waitbefore

import (
	"slices"
	"sync"
)

// Batches handles the items in batches and counts those that fail.
func Batches(items []string, size int, handle func(string) error) (failures int) {
	errs := make(chan error)
	done := make(chan int)
	go func() {
		n := 0
		for err := range errs {
			if err != nil {
				n++
			}
			if n > len(items)/2 {
				break
			}
		}
		done <- n
	}()
	for batch := range slices.Chunk(items, max(1, size)) {
		var wg sync.WaitGroup
		for _, it := range batch {
			wg.Go(func() {
				errs <- handle(it) // want "send on errs blocks for ever"
			})
		}
		wg.Wait()
	}
	close(errs)
	return <-done
}

// BatchesFixed handles the items in batches and counts those that fail.
func BatchesFixed(items []string, size int, handle func(string) error) (failures int) {
	errs := make(chan error)
	done := make(chan int)
	go func() {
		n := 0
		for err := range errs {
			if err != nil {
				n++
			}
			if n > len(items)/2 {
				break
			}
		}
		for range errs {
		}
		done <- n
	}()
	for batch := range slices.Chunk(items, max(1, size)) {
		var wg sync.WaitGroup
		for _, it := range batch {
			wg.Go(func() {
				errs <- handle(it)
			})
		}
		wg.Wait()
	}
	close(errs)
	return <-done
}
