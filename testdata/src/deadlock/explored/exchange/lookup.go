package exchange

import (
	"errors"
	"fmt"
	"sync"
)

// Lookup resolves the names, a limited number at a time.
func Lookup(names []string, limit int, resolve func(string) (string, error)) (map[string]string, error) {
	slots := make(chan struct{}, max(1, limit))
	var (
		mu     sync.Mutex
		out    = make(map[string]string, len(names))
		failed error
		wg     sync.WaitGroup
	)
	for _, n := range names {
		slots <- struct{}{} // want "send on slots blocks for ever"
		wg.Go(func() {
			addr, err := resolve(n)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				failed = errors.Join(failed, fmt.Errorf("resolve %s: %w", n, err))
				return
			}
			out[n] = addr
			<-slots
		})
	}
	wg.Wait()
	return out, failed
}

// LookupFixed resolves the names, a limited number at a time.
func LookupFixed(names []string, limit int, resolve func(string) (string, error)) (map[string]string, error) {
	slots := make(chan struct{}, max(1, limit))
	var (
		mu     sync.Mutex
		out    = make(map[string]string, len(names))
		failed error
		wg     sync.WaitGroup
	)
	for _, n := range names {
		slots <- struct{}{}
		wg.Go(func() {
			addr, err := resolve(n)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				failed = errors.Join(failed, fmt.Errorf("resolve %s: %w", n, err))
				<-slots
				return
			}
			out[n] = addr
			<-slots
		})
	}
	wg.Wait()
	return out, failed
}
