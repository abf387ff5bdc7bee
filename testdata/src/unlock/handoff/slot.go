package handoff

import "sync"

// Kept locked by the function that looks at a slot, and released by the one that
// is done with it, by way of a field that remembers which one it was.
type slot struct {
	filled *sync.Cond
	word   string
	full   bool
}

type carousel struct {
	slots []slot
	next  int
	open  *sync.Cond
}

func newCarousel(n int) *carousel {
	c := &carousel{slots: make([]slot, n)}
	for i := range c.slots {
		c.slots[i].filled = sync.NewCond(&sync.Mutex{})
	}
	return c
}

func (c *carousel) put(i int, word string) {
	s := &c.slots[i]
	s.filled.L.Lock()
	for s.full {
		s.filled.Wait()
	}
	s.word, s.full = word, true
	s.filled.L.Unlock()
}

func (c *carousel) peek() (word string) {
	c.next++
	s := &c.slots[c.next%len(c.slots)]
	c.open = s.filled
	s.filled.L.Lock()
	if s.full {
		word, s.word, s.full = s.word, "", false
	} else {
		c.next--
	}
	return
}

func (c *carousel) done() {
	if c.open != nil {
		c.open.L.Unlock()
		c.open.Signal()
		c.open = nil
	}
}

// The same, but what is left in the field is never released from there.
type shelf struct {
	slots []slot
	last  *sync.Cond
}

func (s *shelf) put(i int, word string) {
	at := &s.slots[i]
	at.filled.L.Lock()
	at.word, at.full = word, true
	at.filled.L.Unlock()
}

func (s *shelf) peek(i int) (word string) {
	at := &s.slots[i]
	s.last = at.filled
	at.filled.L.Lock()
	if !at.full {
		return "" // want `return without unlocking`
	}
	word = at.word
	at.filled.L.Unlock()
	return word
}

func (s *shelf) wake() { s.last.Signal() }
