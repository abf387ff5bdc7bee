package unlock

import "sync"

func readUnlock(c *cache) int {
	c.rw.RLock()
	defer c.rw.Unlock() // want `Unlock of c.rw, which line 6 locked with RLock: use RUnlock`
	return c.hits
}

func writeRUnlock(c *cache) {
	c.rw.Lock()
	c.hits++
	c.rw.RUnlock() // want `RUnlock of c.rw, which line 12 locked with Lock: use Unlock`
}

func readPair(c *cache) int {
	c.rw.RLock()
	defer c.rw.RUnlock()
	return c.hits
}

func twice(c *cache, f func() error) error {
	c.mu.Lock()
	if err := f(); err != nil {
		c.mu.Unlock()
		c.hits--
	}
	c.hits++
	c.mu.Unlock() // want `c.mu is already unlocked, at line 26`
	return nil
}

func twiceInARow(c *cache) {
	c.mu.Lock()
	c.hits++
	c.mu.Unlock()
	c.hits++
	c.mu.Unlock() // want `c.mu is already unlocked, at line 37`
}

func explicitAndDeferred(c *cache, n int) int {
	c.mu.Lock()
	defer c.mu.Unlock() // want `the deferred unlock of c.mu runs when it is already unlocked, at line 46`
	if n > 3 {
		c.mu.Unlock()
		return 0
	}
	return c.hits
}

func unlockAndRelock(c *cache, f func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hits++
	c.mu.Unlock()
	f()
	c.mu.Lock()
}

type pair struct {
	in  sync.Mutex
	out sync.Mutex
	n   int
}

func (p *pair) wrongOne() {
	p.in.Lock()
	p.n++
	p.out.Unlock() // want `unlock of p.out, which is never locked, while p.in is held: unlock p.in`
}

type downgrade struct {
	rw sync.RWMutex
	n  int
}

func (d *downgrade) get() int {
	d.rw.RLock()
	if d.n == 0 {
		d.rw.RUnlock()
		d.rw.Lock()
		d.n = 1
		d.rw.Unlock()
		d.rw.RLock()
	}
	defer d.rw.RUnlock()
	return d.n
}

type locker struct {
	sync.Locker
	n int
}

func (l *locker) add() {
	l.Lock()
	l.n++
	l.Unlock()
}

func (l *locker) addFails(n int) bool {
	l.Lock()
	if n < 0 {
		return false // want `return without unlocking l, locked`
	}
	l.n += n
	l.Unlock()
	return true
}

func unlockTwiceUnlessRelocked(c *cache, again bool) {
	c.mu.Lock()
	c.mu.Unlock()
	if again {
		c.mu.Lock()
	}
	c.hits++
	if again {
		c.mu.Unlock()
	}
}
