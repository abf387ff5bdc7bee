package locks

import "sync"

// Read locks: a second one waits behind a writer that waits for the first.
type table struct {
	rw   sync.RWMutex
	rows map[string]int
}

func (t *table) Row(k string) int {
	t.rw.RLock()
	defer t.rw.RUnlock()
	return t.rows[k]
}

func (t *table) Sum(ks []string) (n int) {
	t.rw.RLock()
	defer t.rw.RUnlock()
	for _, k := range ks {
		n += t.Row(k) // want `t.rw is read-locked again by table.Row, held since doubleread.go:\d+: a writer that arrives in between blocks both`
	}
	return n
}

func (t *table) Set(k string, n int) {
	t.rw.Lock()
	t.rows[k] = n
	t.rw.Unlock()
}

func (t *table) Upgrade(k string) {
	t.rw.RLock()
	if t.rows[k] == 0 {
		t.Set(k, 1) // want `t.rw is locked by table.Set while it is read-locked, held since doubleread.go:\d+: release the read lock first`
	}
	t.rw.RUnlock()
}

// UpgradeDeferred releases both when it returns, which it never does.
func (t *table) UpgradeDeferred(k string) int {
	t.rw.RLock()
	defer t.rw.RUnlock()
	if n, ok := t.rows[k]; ok {
		return n
	}
	t.rw.Lock() // want "t.rw is locked while it is read-locked"
	defer t.rw.Unlock()
	t.rows[k]++
	return t.rows[k]
}

func (t *table) UpgradeRight(k string) {
	t.rw.RLock()
	missing := t.rows[k] == 0
	t.rw.RUnlock()
	if missing {
		t.Set(k, 1)
	}
}

func (t *table) Downgrade(k string) int {
	t.rw.Lock()
	t.rows[k]++
	t.rw.Unlock()
	t.rw.RLock()
	defer t.rw.RUnlock()
	return t.rows[k]
}

func (t *table) ReadUnderWrite(k string) {
	t.rw.Lock()
	defer t.rw.Unlock()
	t.rows[k] = t.Row(k) // want `t.rw is locked again by table.Row`
}

// Nobody ever locks for writing.
type frozen struct {
	rw sync.RWMutex
	v  int
}

func (f *frozen) get() int {
	f.rw.RLock()
	defer f.rw.RUnlock()
	return f.v
}

func (f *frozen) twice() int {
	f.rw.RLock()
	defer f.rw.RUnlock()
	return f.get() + f.v
}
