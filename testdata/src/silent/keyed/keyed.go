// Package keyed keeps channels in maps and looks them up again.
package keyed

import (
	"strings"
	"sync"
)

// Calls matches answers with those who wait for them.
type Calls struct {
	mu      sync.Mutex
	last    int
	pending map[int]chan string
}

// Do sends a request and waits for its answer.
func (c *Calls) Do(text string, send func(id int, text string)) string {
	answer := make(chan string, 1)
	c.mu.Lock()
	if c.pending == nil {
		c.pending = make(map[int]chan string)
	}
	c.last++
	id := c.last
	c.pending[id] = answer
	c.mu.Unlock()
	defer func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.pending, id)
	}()
	send(id, text)
	return <-answer
}

// Answer wakes the one who waits.
func (c *Calls) Answer(id int, text string) bool {
	c.mu.Lock()
	answer, ok := c.pending[id]
	delete(c.pending, id)
	c.mu.Unlock()
	if ok {
		answer <- text
	}
	return ok
}

// Echo calls itself.
func Echo(text string) string {
	var c Calls
	return c.Do(text, func(id int, text string) {
		go c.Answer(id, text)
	})
}

// Tracks starts a goroutine for each name and ends them by name.
func Tracks(names []string, write func(name, line string), lines ...string) {
	tracks := make(map[string]chan string)
	var wg sync.WaitGroup
	for _, n := range names {
		if _, ok := tracks[n]; ok {
			continue
		}
		c := make(chan string)
		tracks[n] = c
		wg.Add(1)
		go func() {
			defer wg.Done()
			for l := range c {
				write(n, l)
			}
		}()
	}
	for _, l := range lines {
		for _, c := range tracks {
			c <- l
		}
	}
	for _, n := range names {
		if c, ok := tracks[n]; ok {
			close(c)
			delete(tracks, n)
		}
	}
	wg.Wait()
}

// Fixed has a channel for each of a few kinds.
func Fixed(events []string) (low, high int) {
	queues := map[bool]chan string{
		true:  make(chan string, len(events)),
		false: make(chan string, len(events)),
	}
	for _, e := range events {
		queues[strings.HasPrefix(e, "!")] <- e
	}
	for _, q := range queues {
		close(q)
	}
	for range queues[false] {
		low++
	}
	for range queues[true] {
		high++
	}
	return low, high
}

// Locks has a lock for each key.
type Locks struct {
	mu   sync.Mutex
	keys map[string]*sync.Mutex
}

func (l *Locks) get(key string) *sync.Mutex {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.keys == nil {
		l.keys = map[string]*sync.Mutex{}
	}
	if l.keys[key] == nil {
		l.keys[key] = new(sync.Mutex)
	}
	return l.keys[key]
}

// With runs f while it holds the lock of a key.
func (l *Locks) With(key string, f func()) {
	m := l.get(key)
	m.Lock()
	defer m.Unlock()
	f()
}

// Nest takes the locks of two keys, in their order.
func Nest(l *Locks, a, b string, f func()) {
	switch {
	case a == b:
		l.With(a, f)
	case a < b:
		l.With(a, func() { l.With(b, f) })
	default:
		l.With(b, func() { l.With(a, f) })
	}
}

// Both nests in both orders.
func Both(f func()) {
	var l Locks
	var wg sync.WaitGroup
	wg.Go(func() { Nest(&l, "a", "b", f) })
	wg.Go(func() { Nest(&l, "b", "a", f) })
	wg.Wait()
}
