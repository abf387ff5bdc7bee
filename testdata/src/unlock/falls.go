package unlock

import (
	"errors"
	"sync"
)

// A branch that unlocks and was meant to return.
type table struct {
	mu   sync.Mutex
	rows []int
	log  func(string, ...any)
}

var errRow = errors.New("bad row")

func (t *table) convert(s string) (int, error) { return len(s) - 1, errRow }

func (t *table) last() error { return nil }

func (t *table) fill(in []string) error {
	t.mu.Lock()
	for i, s := range in {
		n, err := t.convert(s)
		if err != nil {
			t.mu.Unlock()
			t.log("row %d: %v", i, err)
		}
		t.rows = append(t.rows, n)
	}
	if err := t.last(); err != nil {
		t.mu.Unlock() // want `t.mu is already unlocked, at line 26`
		return err
	}
	t.mu.Unlock()
	return nil
}

func (t *table) fillReturns(in []string) error {
	t.mu.Lock()
	for _, s := range in {
		n, err := t.convert(s)
		if err != nil {
			t.mu.Unlock()
			return err
		}
		t.rows = append(t.rows, n)
	}
	if err := t.last(); err != nil {
		t.mu.Unlock()
		return err
	}
	t.mu.Unlock()
	return nil
}

// Only one kind of error returns.
func (t *table) add(s string) error {
	t.mu.Lock()
	n, err := t.convert(s)
	if err != nil {
		t.mu.Unlock()
		if errors.Is(err, errRow) {
			return err
		}
	}
	if n > 3 {
		t.mu.Unlock() // want `t.mu is already unlocked, at line 62`
		return errRow
	}
	t.rows = append(t.rows, n)
	t.mu.Unlock()
	return nil
}

func (t *table) addReturns(s string) error {
	t.mu.Lock()
	n, err := t.convert(s)
	if err != nil {
		t.mu.Unlock()
		if errors.Is(err, errRow) {
			return nil
		}
		return err
	}
	t.rows = append(t.rows, n)
	t.mu.Unlock()
	return nil
}

// The deferred unlock runs on every way out.
func (t *table) addDeferred(s string, more bool) error {
	t.mu.Lock()
	defer t.mu.Unlock() // want `the deferred unlock of t.mu runs when it is already unlocked, at line 97`
	n, err := t.convert(s)
	if err != nil {
		t.mu.Unlock()
	}
	if more {
		t.rows = append(t.rows, n)
		return nil
	}
	t.rows = append(t.rows, n, n)
	return err
}

// A flag of the caller's says whether the rest is to be done under the lock.
func (t *table) drop(wait bool, f func()) {
	t.mu.Lock()
	t.rows = nil
	if !wait {
		t.mu.Unlock()
	}
	f()
	if wait {
		t.mu.Unlock()
	}
}

// The same, with the flag a result.
func (t *table) dropIf(f func() bool) {
	t.mu.Lock()
	kept := len(t.rows)
	early := f()
	if early {
		t.mu.Unlock()
		t.log("early")
	}
	for range kept {
		t.log("row")
	}
	if !early {
		t.mu.Unlock()
	}
}

// Locked again before the second release.
func (t *table) pause(f func() bool) {
	t.mu.Lock()
	for f() {
		t.mu.Unlock()
		t.log("pause")
		t.mu.Lock()
	}
	t.mu.Unlock()
}

// Locked again by a helper.
func (t *table) resume() { t.mu.Lock() }

func (t *table) pauseHelper(f func() bool) {
	t.mu.Lock()
	if f() {
		t.mu.Unlock()
		t.log("pause")
		t.resume()
	}
	t.mu.Unlock()
}

// Locked again by a function literal.
func (t *table) pauseLiteral(f func() bool) {
	again := func() { t.mu.Lock() }
	t.mu.Lock()
	if f() {
		t.mu.Unlock()
		t.log("pause")
		again()
	}
	t.mu.Unlock()
}

// A function that the caller passes in locks it again.
func (t *table) pauseWith(f func() bool, again func()) {
	t.mu.Lock()
	if f() {
		t.mu.Unlock()
		again()
	}
	t.mu.Unlock()
}

// Each round has a lock of its own.
func fillAll(ts []*table, f func(*table) bool) {
	for _, t := range ts {
		t.mu.Lock()
		if f(t) {
			t.mu.Unlock()
			continue
		}
		t.rows = nil
		t.mu.Unlock()
	}
}
