// Package store has transactions that hold a lock until they end.
package store

import (
	"errors"
	"sync"
)

// ErrClosed is the error of a store that is closed, and of a transaction that is over.
var ErrClosed = errors.New("closed")

// DB is a store. One transaction at a time may write.
type DB struct {
	write sync.Mutex
	read  sync.RWMutex

	meta   sync.Mutex
	opened bool
	txs    map[*Tx]bool
	writer *Tx
	stats  int
}

// Tx is a transaction.
type Tx struct {
	db       *DB
	writable bool
	pages    [][]byte
}

// Open opens a store.
func Open() *DB { return &DB{opened: true, txs: map[*Tx]bool{}} }

// Close waits for the transaction that writes.
func (db *DB) Close() {
	db.write.Lock()
	defer db.write.Unlock()
	db.meta.Lock()
	defer db.meta.Unlock()
	db.opened = false
}

// Begin starts a transaction.
func (db *DB) Begin(writable bool) (*Tx, error) {
	if writable {
		return db.beginWrite()
	}
	return db.beginRead()
}

func (db *DB) beginRead() (*Tx, error) {
	db.meta.Lock()
	db.read.RLock()
	if !db.opened {
		db.read.RUnlock()
		db.meta.Unlock()
		return nil, ErrClosed
	}
	t := &Tx{db: db}
	db.txs[t] = true
	db.meta.Unlock()
	return t, nil
}

func (db *DB) beginWrite() (*Tx, error) {
	db.write.Lock()
	db.meta.Lock()
	defer db.meta.Unlock()
	if !db.opened {
		db.write.Unlock()
		return nil, ErrClosed
	}
	t := &Tx{db: db, writable: true}
	db.writer = t
	return t, nil
}

// Put adds a page.
func (t *Tx) Put(page []byte) error {
	if t.db == nil {
		return ErrClosed
	}
	t.pages = append(t.pages, page)
	return nil
}

// Commit ends a transaction that is to be kept.
func (t *Tx) Commit() error {
	if t.db == nil {
		return ErrClosed
	}
	if len(t.pages) > 1<<20 {
		t.end()
		return errors.New("too large")
	}
	t.end()
	return nil
}

// Rollback ends a transaction.
func (t *Tx) Rollback() error {
	if t.db == nil {
		return ErrClosed
	}
	t.end()
	return nil
}

func (t *Tx) end() {
	if t.db == nil {
		return
	}
	if t.writable {
		t.db.writer = nil
		t.db.write.Unlock()
		t.db.meta.Lock()
		t.db.stats += len(t.pages)
		t.db.meta.Unlock()
	} else {
		t.db.read.RUnlock()
		t.db.meta.Lock()
		delete(t.db.txs, t)
		t.db.meta.Unlock()
	}
	t.db = nil
}
