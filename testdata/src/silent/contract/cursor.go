package contract

import (
	"container/list"
	"sync"
)

// Table has rows.
type Table interface {
	Add(row string)
	Len() int
	Rows() Rows
}

// Rows are the rows as they are until they are closed.
type Rows interface {
	Next() (row string, ok bool)
	Close()
}

// NewTable makes a table without rows.
func NewTable() Table { return &table{list: list.New()} }

// table lets its rows be read while nobody changes them.
type table struct {
	sync.RWMutex
	list *list.List
}

type rows struct {
	t    *table
	left *list.Element
}

// Add adds a row.
func (t *table) Add(row string) {
	t.Lock()
	defer t.Unlock()
	t.list.PushBack(row)
}

// Len is the number of rows.
func (t *table) Len() int {
	t.RLock()
	defer t.RUnlock()
	return t.list.Len()
}

// Rows begins to read; who calls it closes what it returns.
func (t *table) Rows() Rows {
	t.RLock()
	return &rows{t: t, left: t.list.Front()}
}

// Next returns a row, and whether there was one.
func (r *rows) Next() (row string, ok bool) {
	if r.left == nil {
		return "", false
	}
	row = r.left.Value.(string)
	r.left = r.left.Next()
	return row, true
}

// Close ends the reading.
func (r *rows) Close() { r.t.RUnlock() }
