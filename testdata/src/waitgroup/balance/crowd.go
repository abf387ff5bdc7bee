package balance

import "sync"

// Crowd shows its members to everybody, but only the package starts and stops them.
type Crowd struct {
	All []*Member

	mu sync.Mutex
	wg sync.WaitGroup
}

type Member struct {
	stop chan struct{} // nil if it does not run
	mute bool
}

// Gather starts some members.
func Gather(n int) *Crowd {
	c := &Crowd{All: make([]*Member, n)}
	for i := range n {
		c.All[i] = &Member{stop: make(chan struct{}), mute: i == 1}
		c.wg.Add(1)
	}
	return c
}

// GatherFixed starts some members, all of which say something.
func GatherFixed(n int) *Crowd {
	c := &Crowd{All: make([]*Member, n)}
	for i := range n {
		c.All[i] = &Member{stop: make(chan struct{})}
		c.wg.Add(1)
	}
	return c
}

// Leave stops a member, and forgets to count those that say nothing.
func (c *Crowd) Leave(i int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	m := c.All[i]
	if m.stop == nil {
		return
	}
	close(m.stop)
	m.stop = nil
	if m.mute {
		return
	}
	c.wg.Done()
}

// Close stops all members.
func (c *Crowd) Close() {
	for i := range c.All {
		c.Leave(i)
	}
	c.wg.Wait() // want "c.wg.Wait blocks for ever when Close is called: a Done is missing"
}
