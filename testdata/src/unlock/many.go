package unlock

import "sync"

type ledger struct {
	mu    sync.Mutex
	dirty []int
}

// flush lets others in while it writes.
func (t *ledger) flush() {
	if len(t.dirty) > 0 {
		d := t.dirty
		t.mu.Unlock()
		println(len(d))
		t.mu.Lock()
	}
}

// Each call returns in one of two ways: there are more ways through the block
// than anybody can follow.
func manyCalls(t *ledger) {
	t.mu.Lock()
	t.flush()
	t.flush()
	t.flush()
	t.flush()
	t.flush()
	t.flush()
	t.flush()
	t.flush()
	t.flush()
	t.flush()
	t.flush()
	t.flush()
	t.flush()
	t.flush()
	t.flush()
	t.flush()
	t.flush()
	t.flush()
	t.flush()
	t.flush()
	t.flush()
	t.flush()
	t.flush()
	t.flush()
	t.mu.Unlock()
}
