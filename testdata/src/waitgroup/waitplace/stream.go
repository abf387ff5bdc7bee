package waitplace

import "sync"

// Stream returns a channel with what the producers yield.
func Stream(producers []func() []int) <-chan int {
	out := make(chan int)
	var wg sync.WaitGroup
	for _, p := range producers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for _, v := range p() {
				out <- v
			}
		}()
	}
	wg.Add(1)
	go func() {
		defer wg.Done()
		wg.Wait() // want "wg.Wait blocks for ever"
		close(out)
	}()
	return out
}

// StreamFixed returns a channel with what the producers yield.
func StreamFixed(producers []func() []int) <-chan int {
	out := make(chan int)
	var wg sync.WaitGroup
	for _, p := range producers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for _, v := range p() {
				out <- v
			}
		}()
	}
	go func() {
		wg.Wait()
		close(out)
	}()
	return out
}
