// Package crowd has so many goroutines that nobody explores what they do.
package crowd

import "sync"

// A Crowd passes words on until it is told to stop.
type Crowd struct {
	mu    sync.Mutex
	heard map[string]int
	words chan string
	stop  chan struct{}
	wg    sync.WaitGroup
}

// Gather starts a crowd.
func Gather(say func(string) error) *Crowd {
	c := &Crowd{heard: map[string]int{}, words: make(chan string, 4), stop: make(chan struct{})}
	for range 8 {
		c.wg.Add(1)
		go c.listen(say)
	}
	return c
}

func (c *Crowd) listen(say func(string) error) {
	defer c.wg.Done()
	for {
		select {
		case <-c.stop:
			return
		case w := <-c.words:
			c.mu.Lock()
			c.heard[w]++
			c.mu.Unlock()
			if err := say(w); err != nil {
				select {
				case c.words <- w:
				case <-c.stop:
					return
				}
			}
		}
	}
}

// Tell tells the crowd a word.
func (c *Crowd) Tell(word string) {
	select {
	case c.words <- word:
	case <-c.stop:
	}
}

// Disperse ends it.
func (c *Crowd) Disperse() {
	close(c.stop)
	c.wg.Wait()
}

// A Grave is for one goroutine to lie down in, and for others to wait until it does.
type Grave struct{ dead chan struct{} }

// Dig returns an empty grave.
func Dig() *Grave { return &Grave{dead: make(chan struct{})} }

// Lie tells those who wait.
func (g *Grave) Lie() { close(g.dead) }

// Mourn waits.
func (g *Grave) Mourn() { <-g.dead }
