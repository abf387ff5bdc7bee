package locks

import "sync"

// A transaction holds the lock of its store until it ends.
type Txn interface {
	Put(k string)
	End()
}

type txnStore struct {
	mu sync.RWMutex
	m  map[string]int
}

type txn struct{ s *txnStore }

func (t *txn) Put(k string) { t.s.m[k]++ }
func (t *txn) End()         { t.s.mu.RUnlock() }

// counting counts what it puts.
type counting struct {
	Txn
	n int
}

func (c *counting) Put(k string) {
	c.n++
	c.Txn.Put(k)
}

func (s *txnStore) begin() Txn {
	s.mu.RLock()
	return &counting{Txn: &txn{s}}
}

func (s *txnStore) clear() {
	s.mu.Lock()
	clear(s.m)
	s.mu.Unlock()
}

func (s *txnStore) putAll(keys []string) {
	for _, k := range keys {
		t := s.begin()
		t.Put(k)
		t.End()
	}
}

// The lock that a helper without anything to show for it takes is this function's.
func (s *txnStore) lock() { s.mu.RLock() }

func (s *txnStore) count() int {
	s.lock()
	defer s.mu.RUnlock()
	return s.size() // want `s.mu is read-locked again by txnStore.size`
}

func (s *txnStore) size() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return len(s.m)
}
