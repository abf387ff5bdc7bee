// Package outstanding has wait groups that come from elsewhere and count goroutines
// that are in sight.
package outstanding

import "sync"

// Ask waits for all that the caller counts, and for its own.
func Ask(wg *sync.WaitGroup, work func() int) int {
	out := make(chan int, 1)
	wg.Add(1)
	go func() {
		defer wg.Done()
		out <- work()
	}()
	wg.Wait()
	close(out)
	return <-out
}

// A Pool counts what its methods start.
type Pool struct {
	wg sync.WaitGroup
}

// Each returns when nobody works any more.
func (p *Pool) Each(items []int, work func(int) error) error {
	errs := make(chan error, len(items))
	for _, it := range items {
		p.wg.Add(1)
		go p.one(it, work, errs)
	}
	p.wg.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *Pool) one(it int, work func(int) error, errs chan<- error) {
	defer p.wg.Done()
	errs <- work(it)
}
