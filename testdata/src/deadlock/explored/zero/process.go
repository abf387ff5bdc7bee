package zero

import (
	"errors"
	"sync"
)

// Process handles the items with one worker per batch.
func Process(items []string, batch int, handle func(string)) error {
	if batch <= 0 {
		return errors.New("batch must be positive")
	}
	workers := len(items) / batch
	jobs := make(chan string)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for item := range jobs {
				handle(item)
			}
		})
	}
	for _, item := range items {
		jobs <- item // want "send on jobs blocks for ever"
	}
	close(jobs)
	wg.Wait()
	return nil
}

// ProcessFixed handles the items with one worker per batch.
func ProcessFixed(items []string, batch int, handle func(string)) error {
	if batch <= 0 {
		return errors.New("batch must be positive")
	}
	workers := len(items) / batch
	if len(items)%batch > 0 {
		workers++
	}
	jobs := make(chan string)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for item := range jobs {
				handle(item)
			}
		})
	}
	for _, item := range items {
		jobs <- item
	}
	close(jobs)
	wg.Wait()
	return nil
}
