package unlock

import "sync"

// The same condition guards Lock and Unlock.
func sameCondition(mu *sync.Mutex, shared bool, n *int) {
	if shared {
		mu.Lock()
	}
	*n++
	if shared {
		mu.Unlock()
	}
}

func sameComparison(c *cache, n int) {
	if n > 3 {
		c.mu.Lock()
	}
	c.hits += n
	if n > 3 {
		c.mu.Unlock()
	}
}

func sameField(c *cache) {
	if c.ready {
		c.mu.Lock()
	}
	c.hits++
	if c.ready {
		c.mu.Unlock()
	}
}

// A condition that only a human knows to be the same.
func relatedCondition(c *cache, n, m int) {
	if n > 0 {
		c.mu.Lock()
	}
	c.hits += n * m
	if n*m != 0 {
		c.mu.Unlock()
	}
}

func flag(c *cache, n int) {
	locked := false
	if n > 3 {
		c.mu.Lock()
		locked = true
	}
	c.hits++
	if locked {
		c.mu.Unlock()
	}
}

func flagInDefer(c *cache, n int) int {
	locked := true
	c.mu.Lock()
	defer func() {
		if locked {
			c.mu.Unlock()
		}
	}()
	if n > 3 {
		c.mu.Unlock()
		locked = false
		return n
	}
	return c.hits
}

func flagForgotten(c *cache, n int) int {
	locked := true
	c.mu.Lock()
	defer func() { // want `the deferred unlock of c.mu runs when it is already unlocked`
		if locked {
			c.mu.Unlock()
		}
	}()
	if n > 3 {
		c.mu.Unlock()
		return n
	}
	return c.hits
}

func oppositeReturn(c *cache, shared bool) int {
	if shared {
		c.mu.Lock()
	}
	if !shared {
		return 0
	}
	n := c.hits
	c.mu.Unlock()
	return n
}

func wrongCondition(c *cache, shared bool) int {
	if shared {
		c.mu.Lock()
	}
	n := c.hits
	if shared && n > 3 {
		return 0 // want `return without unlocking c.mu`
	}
	if shared {
		c.mu.Unlock()
	}
	return n
}

func try(c *cache) bool {
	if !c.mu.TryLock() {
		return false
	}
	c.hits++
	c.mu.Unlock()
	return true
}

func tryOnce(c *cache) {
	if c.mu.TryLock() {
		defer c.mu.Unlock()
		c.hits++
	}
}

func tryThenLock(c *cache) {
	if !c.mu.TryLock() {
		c.hits++
		c.mu.Lock()
	}
	c.hits++
	c.mu.Unlock()
}

func readOrWrite(c *cache, write bool) int {
	if write {
		c.rw.Lock()
		defer c.rw.Unlock()
	} else {
		c.rw.RLock()
		defer c.rw.RUnlock()
	}
	return c.hits
}

func methodValue(c *cache, write bool) int {
	unlock := c.rw.RUnlock
	if write {
		c.rw.Lock()
		unlock = c.rw.Unlock
	} else {
		c.rw.RLock()
	}
	defer unlock()
	return c.hits
}

func errorTwice(c *cache, f func() error) error {
	c.mu.Lock()
	err := f()
	if err != nil {
		c.mu.Unlock()
	}
	c.hits++
	if err != nil {
		return err
	}
	c.mu.Unlock()
	return nil
}

func firstIteration(c *cache, keys []string) {
	for i := range keys {
		if i == 0 {
			c.mu.Lock()
		}
		c.hits++
	}
	if len(keys) > 0 {
		c.mu.Unlock()
	}
}

func releaseWhileWorking(c *cache, keys []string) {
	c.mu.Lock()
	for _, k := range keys {
		c.mu.Unlock()
		println(k)
		c.mu.Lock()
	}
	c.mu.Unlock()
}

func releaseWhileWorkingFails(c *cache, keys []string, f func(string) error) error {
	c.mu.Lock()
	defer c.mu.Unlock() // want `the deferred unlock of c.mu runs when it is already unlocked, at line 204`
	for _, k := range keys {
		c.mu.Unlock()
		if err := f(k); err != nil {
			return err
		}
		c.mu.Lock()
	}
	return nil
}

// Two closures that lock and unlock under one condition.
func closurePair(c *cache, queue []string) int {
	many := len(queue) > 0
	lock := func() {
		if many {
			c.rw.Lock()
		}
		c.mu.Lock()
	}
	unlock := func() {
		c.mu.Unlock()
		if many {
			c.rw.Unlock()
		}
	}
	lock()
	if c.m == nil {
		unlock()
		return 0
	}
	n := c.hits
	unlock()
	return n
}

func closurePairForgets(c *cache, queue []string) int {
	many := len(queue) > 0
	lock := func() {
		if many {
			c.rw.Lock()
		}
		c.mu.Lock()
	}
	unlock := func() {
		c.mu.Unlock()
		if many {
			c.rw.Unlock()
		}
	}
	lock()
	if c.m == nil {
		return 0 // want `return without unlocking c.mu`
	}
	n := c.hits
	unlock()
	return n
}

// TryLock takes the lock again, where it succeeds.
func tryAgain(c *cache) int {
	c.mu.Lock()
	n := c.hits
	c.mu.Unlock()
	if !c.mu.TryLock() {
		panic("somebody has the lock")
	}
	n += c.hits
	c.mu.Unlock()
	return n
}
