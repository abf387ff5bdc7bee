package locks

import "sync"

// Locks behind an interface of the program's own.
type rwLocker interface {
	Lock()
	Unlock()
	RLock()
	RUnlock()
}

type tracker struct {
	mut   rwLocker
	other rwLocker
	count int
}

func newTracker() *tracker { return &tracker{mut: new(sync.RWMutex), other: new(sync.RWMutex)} }

func (t *tracker) created() int {
	t.mut.RLock()
	defer t.mut.RUnlock()
	return t.count
}

func (t *tracker) add() {
	t.mut.Lock()
	t.count++
	t.mut.Unlock()
}

func (t *tracker) marshal() []int {
	t.mut.RLock()
	defer t.mut.RUnlock()
	return []int{t.created()} // want "t.mut is read-locked again by tracker.created, held since iface.go:34"
}

func (t *tracker) again() {
	t.mut.Lock()
	t.add() // want "t.mut is locked again by tracker.add, held since iface.go:40"
	t.mut.Unlock()
}

func (t *tracker) theOther() int {
	t.other.RLock()
	defer t.other.RUnlock()
	return t.created()
}

// Not a lock: it says whether it got it.
type lease interface {
	Lock() error
	Unlock() error
}

func renew(l lease) error {
	if err := l.Lock(); err != nil {
		return err
	}
	return l.Lock()
}

// Not a lock: nothing undoes it.
type latch interface{ Lock() }

func latchTwice(l latch) {
	l.Lock()
	l.Lock()
}
