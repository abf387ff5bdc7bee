// Package unlock holds the corpus of the check unlock: what it reports, and
// beside it what it must not report.
package unlock

import (
	"errors"
	"sync"
)

var errMissing = errors.New("missing")

type cache struct {
	mu    sync.Mutex
	rw    sync.RWMutex
	m     map[string]int
	hits  int
	ready bool
}

func earlyReturn(c *cache, key string) (int, error) {
	c.mu.Lock()
	v, ok := c.m[key]
	if !ok {
		return 0, errMissing // want `return without unlocking c.mu, locked at line 21: unlock before the return or defer it`
	}
	c.mu.Unlock()
	return v, nil
}

func earlyReturnFixed(c *cache, key string) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	v, ok := c.m[key]
	if !ok {
		return 0, errMissing
	}
	return v, nil
}

func earlyReturnUnlocked(c *cache, key string) (int, error) {
	c.mu.Lock()
	v, ok := c.m[key]
	if !ok {
		c.mu.Unlock()
		return 0, errMissing
	}
	c.mu.Unlock()
	return v, nil
}

func (c *cache) Touch(key string) {
	c.mu.Lock()
	if c.m == nil {
		return // want `return without unlocking c.mu`
	}
	c.m[key]++
	c.mu.Unlock()
}

func (c *cache) readReturn(key string) bool {
	c.rw.RLock()
	if !c.ready {
		return false // want `return without unlocking c.rw`
	}
	_, ok := c.m[key]
	c.rw.RUnlock()
	return ok
}

func (c *cache) secondOfTwo(keys []string) error {
	for _, k := range keys {
		c.mu.Lock()
		if _, ok := c.m[k]; !ok {
			continue // want `continue without unlocking c.mu`
		}
		c.hits++
		c.mu.Unlock()
	}
	return nil
}

func (c *cache) breaks(keys []string) {
	for _, k := range keys {
		c.mu.Lock()
		if c.m[k] > 3 {
			break // want `break without unlocking c.mu`
		}
		c.mu.Unlock()
	}
}

func (c *cache) breaksThenUnlocks(keys []string) {
	for {
		c.mu.Lock()
		if len(c.m) > len(keys) {
			break
		}
		c.mu.Unlock()
	}
	c.m = nil
	c.mu.Unlock()
}

func (c *cache) jumps(n int) {
	c.mu.Lock()
	if n > 3 {
		goto out // want `goto without unlocking c.mu`
	}
	c.hits = n
	c.mu.Unlock()
out:
}

func (c *cache) jumpsToUnlock(n int) {
	c.mu.Lock()
	if n > 3 {
		goto out
	}
	c.hits = n
out:
	c.mu.Unlock()
}

func (c *cache) secondBranch(n int) error {
	c.mu.Lock()
	switch n {
	case 0:
		c.mu.Unlock()
		return nil
	case 1:
		return errMissing // want `return without unlocking c.mu`
	}
	c.mu.Unlock()
	return nil
}

func (c *cache) bothBranches(n int) {
	c.mu.Lock()
	if n == 0 {
		c.hits++
		c.mu.Unlock()
	} else {
		c.hits--
		c.mu.Unlock()
	}
}

type rows struct{ list []*row }

type row struct {
	mu sync.Mutex
	n  int
}

func (r *rows) each(limit int) {
	for _, x := range r.list {
		x.mu.Lock()
		if x.n > limit {
			continue // want `continue without unlocking x.mu`
		}
		x.n++
		x.mu.Unlock()
	}
}

func (r *rows) eachFixed(limit int) {
	for _, x := range r.list {
		x.mu.Lock()
		if x.n > limit {
			x.mu.Unlock()
			continue
		}
		x.n++
		x.mu.Unlock()
	}
}

func (r *rows) all() {
	for _, x := range r.list {
		x.mu.Lock()
		defer x.mu.Unlock()
	}
}

type cells struct{ list []*cell }

type cell struct{ mu sync.Mutex }

func (r *cells) allThenNone() {
	for _, x := range r.list {
		x.mu.Lock()
	}
	for _, x := range r.list {
		x.mu.Unlock()
	}
}

var registry struct {
	sync.Mutex
	names []string
}

func register(name string) error {
	registry.Lock()
	for _, n := range registry.names {
		if n == name {
			return errMissing // want `return without unlocking registry, locked at line \d+`
		}
	}
	registry.names = append(registry.names, name)
	registry.Unlock()
	return nil
}

func local(work func() error) error {
	var mu sync.Mutex
	n := 0
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			mu.Lock()
			if err := work(); err != nil {
				return // want `return without unlocking mu`
			}
			n++
			mu.Unlock()
		})
	}
	wg.Wait()
	return nil
}

func (c *cache) deferredInBranch(n int) int {
	if n > 0 {
		c.mu.Lock()
		defer c.mu.Unlock()
	}
	return c.hits
}

func (c *cache) forgets() int {
	c.rw.Lock()
	c.hits++
	return c.hits // want `return without unlocking c.rw`
}

// All of them are locked for good: nothing may be written after this.
func (r *rows) close() {
	for _, x := range r.list {
		x.mu.Lock()
		x.n = -1
	}
}

type latch struct {
	mu   sync.Mutex
	open bool
}

func (l *latch) wait() {
	for {
		l.mu.Lock()
		if l.open {
			break // want `break without unlocking l.mu`
		}
		l.mu.Unlock()
	}
}

func (l *latch) set() {
	l.mu.Lock()
	l.open = true
	l.mu.Unlock()
}

// A function literal in a package variable.
var evict = func(c *cache, key string) bool {
	c.mu.Lock()
	if _, ok := c.m[key]; !ok {
		return false // want `return without unlocking c.mu`
	}
	delete(c.m, key)
	c.mu.Unlock()
	return true
}

// After Shutdown nobody is to get in.
type source struct {
	mu sync.Mutex
	n  int
}

func (s *source) add() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
}

func (s *source) Shutdown() {
	s.mu.Lock() // for good
	s.n = -1
}

func (s *source) reset() {
	s.mu.Lock() // want `s.mu is still locked when the function ends`
	s.n = 0
}
