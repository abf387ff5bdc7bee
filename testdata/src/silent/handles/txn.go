package handles

import (
	"container/list"
	"sync"
	"sync/atomic"
	"time"
)

// DB has one writer at a time.
type DB struct {
	writer sync.Mutex
	root   atomic.Pointer[list.List]
}

// NewDB makes one.
func NewDB() *DB {
	db := &DB{}
	db.root.Store(list.New())
	return db
}

func (db *DB) copied() *list.List {
	l := list.New()
	l.PushBackList(db.root.Load())
	return l
}

// Watch tells of changes.
func (db *DB) Watch(tell func(int), stop <-chan struct{}) {
	for {
		select {
		case <-time.After(time.Second):
			tell(db.root.Load().Len())
		case <-stop:
			return
		}
	}
}

// Txn begins a transaction: one that writes keeps others from writing to its end,
// and who begins two has to end the first.
func (db *DB) Txn(write bool) *Txn {
	if write {
		db.writer.Lock()
	}
	return &Txn{db: db, write: write, values: db.copied()}
}

// Txn is a transaction.
type Txn struct {
	db     *DB
	write  bool
	values *list.List // nil after the end
}

// Abort gives up.
func (t *Txn) Abort() {
	if !t.write || t.values == nil {
		return
	}
	t.values = nil
	t.db.writer.Unlock()
}

// Set sets a value.
func (t *Txn) Set(v string) {
	if t.values == nil {
		panic("ended")
	}
	t.values.PushBack(v)
}

// Commit makes the values seen.
func (t *Txn) Commit() {
	if !t.write || t.values == nil {
		return
	}
	t.db.root.Store(t.values)
	t.values = nil
	t.db.writer.Unlock()
}
