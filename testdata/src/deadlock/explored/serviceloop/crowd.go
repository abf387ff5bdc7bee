package serviceloop

import "sync"

// Crowd renders pages with four workers. Each of them gives up when a page fails.
type Crowd struct {
	pages  chan string
	render func(page string) error
	wg     sync.WaitGroup
}

// NewCrowd starts the workers.
func NewCrowd(render func(page string) error) *Crowd {
	c := &Crowd{pages: make(chan string), render: render}
	for range 4 {
		c.wg.Go(c.work)
	}
	return c
}

func (c *Crowd) work() {
	for p := range c.pages {
		if err := c.render(p); err != nil {
			return
		}
	}
}

// Submit hands a page over.
func (c *Crowd) Submit(page string) {
	c.pages <- page // want "send on c.pages blocks for ever when Submit is called again and again: nobody receives from c.pages"
}

// Close waits for the workers. Nobody submits anything then.
func (c *Crowd) Close() {
	close(c.pages)
	c.wg.Wait()
}

// CrowdFixed renders pages with four workers, which go on when a page fails.
type CrowdFixed struct {
	pages  chan string
	render func(page string) error
	wg     sync.WaitGroup

	mu     sync.Mutex
	failed int
}

// NewCrowdFixed starts the workers.
func NewCrowdFixed(render func(page string) error) *CrowdFixed {
	c := &CrowdFixed{pages: make(chan string), render: render}
	for range 4 {
		c.wg.Go(c.work)
	}
	return c
}

func (c *CrowdFixed) work() {
	for p := range c.pages {
		if err := c.render(p); err != nil {
			c.mu.Lock()
			c.failed++
			c.mu.Unlock()
		}
	}
}

// Submit hands a page over.
func (c *CrowdFixed) Submit(page string) { c.pages <- page }

// Close waits for the workers. Nobody submits anything then.
func (c *CrowdFixed) Close() {
	close(c.pages)
	c.wg.Wait()
}
