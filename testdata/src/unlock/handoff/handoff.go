// Package handoff holds locks that another function releases.
package handoff

import (
	"context"
	"errors"
	"log"
	"os"
	"sync"
)

var errClosed = errors.New("closed")

type store struct {
	mu     sync.Mutex
	rw     sync.RWMutex
	n      int
	closed bool
}

// A pair of helpers.
func (s *store) lock()   { s.mu.Lock() }
func (s *store) unlock() { s.mu.Unlock() }

func (s *store) add() {
	s.lock()
	defer s.unlock()
	s.n++
}

func (s *store) addFails() error {
	s.lock()
	if s.closed {
		return errClosed // want `return without unlocking s.mu, locked at line 32`
	}
	s.n++
	s.unlock()
	return nil
}

// Locked for the caller, on success only.
func (s *store) begin() error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return errClosed
	}
	return nil
}

func (s *store) update() error {
	if err := s.begin(); err != nil {
		return err
	}
	s.n++
	s.mu.Unlock()
	return nil
}

func (s *store) updateForgets(n int) error {
	if err := s.begin(); err != nil {
		return err
	}
	if n < 0 {
		return errClosed // want `return without unlocking s.mu`
	}
	s.n += n
	s.mu.Unlock()
	return nil
}

// Locked for the caller, as the result says.
func (s *store) acquire() bool {
	s.mu.Lock()
	if !s.closed {
		return true
	}
	s.mu.Unlock()
	return false
}

func (s *store) useAcquire() {
	if s.acquire() {
		s.n++
		s.unlock()
	}
}

// The caller gets the function that unlocks.
func (s *store) locked() (unlock func()) {
	s.mu.Lock()
	return s.mu.Unlock
}

func (s *store) lockedFunc() func() {
	s.rw.RLock()
	return func() { s.rw.RUnlock() }
}

// Another goroutine unlocks.
func (s *store) async(f func()) {
	s.mu.Lock()
	go func() {
		defer s.mu.Unlock()
		f()
	}()
}

func (s *store) asyncOrNot(f func(), wait bool) {
	s.mu.Lock()
	if !wait {
		go func() {
			f()
			s.mu.Unlock()
		}()
		return
	}
	f()
	s.mu.Unlock()
}

// A lock that lives in what is returned.
type txn struct{ s *store }

func (s *store) beginTxn() *txn {
	s.rw.Lock()
	return &txn{s}
}

func (t *txn) commit() {
	t.s.n++
	t.s.rw.Unlock()
}

func newLocked() *store {
	s := &store{}
	s.mu.Lock()
	return s
}

// The process ends.
func (s *store) mustAdd(n int) {
	s.mu.Lock()
	if n < 0 {
		log.Fatalf("negative: %d", n)
	}
	if n > 1000 {
		println("too large")
		os.Exit(1)
	}
	if n == 13 {
		panic("unlucky")
	}
	s.n += n
	s.mu.Unlock()
}

// Hand over hand.
type node struct {
	mu   sync.Mutex
	next *node
	val  int
}

func (n *node) find(v int) bool {
	n.mu.Lock()
	cur := n
	for cur != nil {
		if cur.val == v {
			cur.mu.Unlock()
			return true
		}
		next := cur.next
		if next != nil {
			next.mu.Lock()
		}
		cur.mu.Unlock()
		cur = next
	}
	return false
}

// A callback runs under the lock and unlocks it.
func run(f func()) { f() }

func (s *store) callback() {
	s.mu.Lock()
	run(func() { s.mu.Unlock() })
}

// The lock is kept in a map of released functions.
func (s *store) hooks(reg map[string]func()) {
	s.mu.Lock()
	reg["done"] = func() { s.mu.Unlock() }
}

// A context hands the unlock on.
func (s *store) afterFunc(ctx context.Context) {
	s.mu.Lock()
	context.AfterFunc(ctx, s.mu.Unlock)
}

// Requires the lock, gives it back meanwhile.
func (s *store) waitLocked(f func()) {
	s.mu.Unlock()
	f()
	s.mu.Lock()
}

func (s *store) drain(f func()) {
	s.mu.Lock()
	for s.n > 0 {
		s.waitLocked(f)
		s.n--
	}
	s.mu.Unlock()
}

// The goroutine waits with the lock, and leaves it locked for who started it.
func (s *store) addWhenRoom(room *sync.Cond, quit func() bool) {
	s.mu.Lock()
	if s.n > 9 {
		s.mu.Unlock()
		ready := make(chan struct{})
		go func() {
			defer close(ready)
			s.mu.Lock()
			for s.n > 9 && !quit() {
				room.Wait()
			}
		}()
		<-ready
		if quit() {
			s.mu.Unlock()
			return
		}
	}
	s.n++
	s.mu.Unlock()
}

// The goroutine unlocks what it has locked.
func (s *store) addTwice() {
	s.mu.Lock()
	if s.n > 9 {
		s.mu.Unlock()
		ready := make(chan struct{})
		go func() {
			defer close(ready)
			s.mu.Lock()
			s.n = 0
			s.mu.Unlock()
		}()
		<-ready
	}
	s.n++
	s.mu.Unlock() // want `s.mu is already unlocked`
}
