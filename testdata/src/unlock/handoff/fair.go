package handoff

import "sync"

// A lock that the first of several users takes and the last gives back, which
// lets readers pass in between: that the function reads under it by the way
// does not make it the one who gives it back.
type turnstile struct {
	guard   sync.Mutex
	closed  sync.RWMutex
	users   int
	waiting int
}

func (t *turnstile) enter() {
	t.guard.Lock()
	defer t.guard.Unlock()
	if t.users == 0 {
		t.closed.Lock()
		t.users++
		return
	}
	if t.waiting > 0 {
		t.guard.Unlock()
		t.closed.RLock()
		t.closed.RUnlock()
		t.guard.Lock()
		if t.users == 0 {
			t.closed.Lock()
		}
	}
	t.users++
}

func (t *turnstile) leave() {
	t.guard.Lock()
	defer t.guard.Unlock()
	t.users--
	if t.users == 0 {
		t.closed.Unlock()
	}
}

func (t *turnstile) with(f func() error) error {
	t.enter()
	err := f()
	t.leave()
	return err
}
