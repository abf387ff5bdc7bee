/*
Package unlock defines an Analyzer that reports locks which are not released
on every path, once, and by the right partner.

# Analyzer unlock

unlock: report locks that are not released once on every path

A function that locks a sync.Mutex or sync.RWMutex has to unlock it however it
returns. The analyzer follows every path through a function, also through
helpers that lock or unlock, in this package and in others.

WRONG: the lock stays held when Get fails, and the next caller waits for ever:

	func (c *cache) Get(key string) (int, error) {
		c.mu.Lock()
		v, ok := c.m[key]
		if !ok {
			return 0, errMissing
		}
		c.mu.Unlock()
		return v, nil
	}

RIGHT: unlock on every way out, or defer it:

	func (c *cache) Get(key string) (int, error) {
		c.mu.Lock()
		defer c.mu.Unlock()
		...
	}

Also reported: RLock released by Unlock, and the reverse; a lock released
twice on one path, as by an explicit Unlock beside a deferred one; the
release of a lock that nobody ever locks.

Any goroutine may unlock a mutex (golang/go#33584, golang/go#35138): a
function that returns with a lock held is not wrong in itself. A report
therefore needs one of two proofs. Either the function itself unlocks on its
other ways out, and the one in question is not its successful one, which may
hand the lock to the caller. Or nobody in the package ever unlocks a lock of
this kind that it has not locked itself. The analyzer says nothing about pairs of
lock and unlock helpers, locks handed to a caller, to another goroutine or to a
closure that is kept, hand-over-hand locking, locks of objects that are
returned locked, and paths that end the process or panic.

A lock taken under a condition and released under the same condition is
followed; one released under a condition that only a human knows to be the
same is left alone.
*/
package unlock
