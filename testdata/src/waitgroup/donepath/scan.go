package donepath

import (
	"context"
	"sync"
)

// Scan tries to connect to the ports. It stops to try when ctx ends.
func Scan(ctx context.Context, ports []int, dial func(port int) error) []int {
	slots := make(chan struct{}, 4)
	open := make(chan int, len(ports))
	var wg sync.WaitGroup
	for _, p := range ports {
		wg.Add(1)
		go func() {
			select {
			case slots <- struct{}{}:
				defer wg.Done()
				defer func() { <-slots }()
			case <-ctx.Done():
				return
			}
			if dial(p) == nil {
				open <- p
			}
		}()
	}
	wg.Wait() // want "wg.Wait blocks for ever"
	close(open)
	var found []int
	for p := range open {
		found = append(found, p)
	}
	return found
}

// ScanFixed tries to connect to the ports. It stops to try when ctx ends.
func ScanFixed(ctx context.Context, ports []int, dial func(port int) error) []int {
	slots := make(chan struct{}, 4)
	open := make(chan int, len(ports))
	var wg sync.WaitGroup
	for _, p := range ports {
		wg.Add(1)
		go func() {
			select {
			case slots <- struct{}{}:
				defer wg.Done()
				defer func() { <-slots }()
			case <-ctx.Done():
				wg.Done()
				return
			}
			if dial(p) == nil {
				open <- p
			}
		}()
	}
	wg.Wait()
	close(open)
	var found []int
	for p := range open {
		found = append(found, p)
	}
	return found
}
