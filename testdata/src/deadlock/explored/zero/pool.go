package zero

import "sync"

// Pool has items checked by half as many workers as it was told, none of one.
type Pool struct{ workers int }

// NewPool returns a pool.
func NewPool(workers int) *Pool { return &Pool{workers: workers / 2} }

// Check checks the items.
func (p *Pool) Check(items []string, ok func(string) bool) (bad int) {
	var wg sync.WaitGroup
	var mu sync.Mutex
	c := make(chan string)
	for i := 0; i < p.workers; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for it := range c {
				if !ok(it) {
					mu.Lock()
					bad++
					mu.Unlock()
				}
			}
		}()
	}
	for _, it := range items {
		c <- it // want "send on c blocks for ever"
	}
	close(c)
	wg.Wait()
	return bad
}

// PoolFixed has items checked by as many workers as it was told. Nobody asks for none.
type PoolFixed struct{ workers int }

// NewPoolFixed returns a pool.
func NewPoolFixed(workers int) *PoolFixed { return &PoolFixed{workers: workers} }

// Check checks the items.
func (p *PoolFixed) Check(items []string, ok func(string) bool) (bad int) {
	var wg sync.WaitGroup
	var mu sync.Mutex
	c := make(chan string)
	for i := 0; i < p.workers; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for it := range c {
				if !ok(it) {
					mu.Lock()
					bad++
					mu.Unlock()
				}
			}
		}()
	}
	for _, it := range items {
		c <- it
	}
	close(c)
	wg.Wait()
	return bad
}
