/*
Package deadlock defines an Analyzer that reports locks which can never be
acquired, and calls that never return.

# Analyzer deadlock

deadlock: report locks that can never be acquired, and calls that wait for ever

A mutex of package sync is not reentrant, and a goroutine that waits while it
holds a lock keeps out everybody who needs it.

WRONG: Len locks what Add holds already:

	func (s *set) Add(k string) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.m[k] = s.Len()
	}

	func (s *set) Len() int {
		s.mu.Lock()
		defer s.mu.Unlock()
		return len(s.m)
	}

RIGHT: a variant for callers that hold the lock:

	func (s *set) Add(k string) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.m[k] = s.lenLocked()
	}

Reported, through any chain of calls, also into other packages, through
callbacks, through interfaces with one known dynamic type, and through the String
or MarshalJSON method that fmt, log or encoding/json call:

  - a lock that is acquired again by the goroutine that holds it, the upgrade of a
    read lock, and a sync.Once whose function reaches the same Once
  - a read lock acquired again where the package also locks for writing: a
    writer that arrives in between makes the second RLock wait, and waits for
    the first
  - two or more locks acquired in opposite orders by functions that can run
    at once
  - a channel operation or a Wait under a lock that every possible partner
    needs before it can help; groups that start functions with Go and wait for
    them with Wait count as a WaitGroup does
  - a goroutine that waits for itself: for the group that counts it, for the
    channel that only its own deferred close ends, or in a send on a channel
    from which only its own loop receives
  - a send, receive, select or Cond.Wait at which a function itself, not a
    goroutine that it started, waits for ever, with the schedule as proof; so is
    one of a method that takes a slot of a channel in a field and gives it back,
    but not on all of its ways out: it waits when no slot is left
  - a select that offers a value or waits for the end of the caller's context, when
    all who take values have gone: callers may pass one that nobody cancels

Nothing is said about two instances of one type unless it is clear that they are
one, about locks ordered by a number or by address, about cycles that a
further lock rules out, nor about cycles within a single goroutine.
*/
package deadlock
