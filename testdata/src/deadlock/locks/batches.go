package locks

import "sync"

// All that takes both locks of a base does so under the lock of its batch, which
// is locked by the caller of its Unlock.
type base struct {
	mu, read sync.RWMutex
	batch    batch
	n        int
	ready    bool
}

type batch struct {
	sync.Mutex
	base    *base
	pending int
}

func (t *batch) Unlock() {
	if t.pending > 0 {
		t.write()
	}
	t.Mutex.Unlock()
}

func (t *batch) Flush() {
	t.Mutex.Lock()
	t.write()
	t.Unlock()
}

func (t *batch) write() {
	t.base.read.Lock()
	if t.base.ready {
		t.base.begin()
	}
	t.base.read.Unlock()
}

func (b *base) begin() {
	b.mu.RLock()
	b.n++
	b.mu.RUnlock()
}

func (b *base) Defrag() {
	b.batch.Lock()
	defer b.batch.Unlock()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.read.Lock()
	b.n = 0
	b.read.Unlock()
}

// Of a ledger only one side is under the lock of the page.
type ledger struct {
	mu, read sync.RWMutex
	page     page
	n        int
}

type page struct {
	sync.Mutex
	ledger  *ledger
	pending int
}

func (t *page) Unlock() {
	if t.pending > 0 {
		t.ledger.read.Lock()
		t.ledger.begin() // want `t.ledger.mu is locked by ledger.begin while t.ledger.read is held`
		t.ledger.read.Unlock()
	}
	t.Mutex.Unlock()
}

func (l *ledger) begin() {
	l.mu.RLock()
	l.n++
	l.mu.RUnlock()
}

func (l *ledger) Defrag() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.read.Lock()
	l.n = 0
	l.read.Unlock()
}

func (t *page) Add() {
	t.Mutex.Lock()
	t.pending++
	t.Unlock()
}
