package dispatch

import (
	"fmt"
	"sync"
)

// Index reads the files with a few workers and collects their words.
func Index(files []string, workers int, read func(string) ([]string, error)) (map[string]int, error) {
	var (
		mu     sync.Mutex
		words  = map[string]int{}
		failed error
		wg     sync.WaitGroup
	)
	paths := make(chan string)
	for range max(1, workers) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for p := range paths {
				list, err := read(p)
				mu.Lock()
				if err != nil {
					failed = fmt.Errorf("read %s: %w", p, err)
					mu.Unlock()
					return
				}
				for _, w := range list {
					words[w]++
				}
				mu.Unlock()
			}
		}()
	}
	for _, f := range files {
		paths <- f // want "send on paths blocks for ever"
	}
	close(paths)
	wg.Wait()
	return words, failed
}

// IndexFixed reads the files with a few workers and collects their words.
func IndexFixed(files []string, workers int, read func(string) ([]string, error)) (map[string]int, error) {
	var (
		mu     sync.Mutex
		words  = map[string]int{}
		failed error
		wg     sync.WaitGroup
	)
	paths := make(chan string)
	for range max(1, workers) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for p := range paths {
				list, err := read(p)
				mu.Lock()
				if err != nil {
					failed = fmt.Errorf("read %s: %w", p, err)
					mu.Unlock()
					continue
				}
				for _, w := range list {
					words[w]++
				}
				mu.Unlock()
			}
		}()
	}
	for _, f := range files {
		paths <- f
	}
	close(paths)
	wg.Wait()
	return words, failed
}
