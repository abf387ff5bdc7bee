package unlock

import (
	"errors"
	"sync"
)

// A lock behind methods of an interface, which have names of their own.
type backend interface {
	lock() map[string]int
	unlock()
	rlock() map[string]int
	runlock()
	load(name string) (int, error)
	flush()
}

type inMemory struct {
	sync.RWMutex
	rows map[string]int
}

func (m *inMemory) lock() map[string]int {
	m.Lock()
	return m.rows
}

func (m *inMemory) unlock() { m.Unlock() }

func (m *inMemory) rlock() map[string]int {
	m.RLock()
	return m.rows
}

func (m *inMemory) runlock() { m.RUnlock() }

func (m *inMemory) load(name string) (int, error) {
	if n, ok := m.rows[name]; ok {
		return n, nil
	}
	return 0, errors.New("no row " + name)
}

func (m *inMemory) flush() { clear(m.rows) }

type onDisk struct {
	mu    sync.RWMutex
	cache map[string]int
}

func (d *onDisk) lock() map[string]int {
	d.mu.Lock()
	return d.cache
}

func (d *onDisk) unlock() { d.mu.Unlock() }

func (d *onDisk) rlock() map[string]int {
	d.mu.RLock()
	return d.cache
}

func (d *onDisk) runlock() { d.mu.RUnlock() }

func (d *onDisk) load(name string) (int, error) { return d.cache[name], nil }

func (d *onDisk) flush() {}

type store struct{ backend }

func newStore(disk bool) *store {
	if disk {
		return &store{&onDisk{cache: map[string]int{}}}
	}
	return &store{&inMemory{rows: map[string]int{}}}
}

func (s *store) sum(names []string) (int, error) {
	s.rlock()
	sum := 0
	for _, name := range names {
		n, err := s.load(name)
		if err != nil {
			return 0, err // want `return without unlocking s, locked at line 79`
		}
		sum += n
	}
	s.runlock()
	return sum, nil
}

func (s *store) sumUnlocks(names []string) (int, error) {
	s.rlock()
	sum := 0
	for _, name := range names {
		n, err := s.load(name)
		if err != nil {
			s.runlock()
			return 0, err
		}
		sum += n
	}
	s.runlock()
	return sum, nil
}

func (s *store) sumDefers(names []string) (sum int, err error) {
	rows := s.rlock()
	defer s.runlock()
	for _, name := range names {
		n, ok := rows[name]
		if !ok {
			return 0, errors.New("no row " + name)
		}
		sum += n
	}
	return sum, nil
}

// begin and end are called in pairs.
func (s *store) begin() map[string]int { return s.lock() }

func (s *store) end() { s.unlock() }

func (s *store) set(name string, n int) {
	rows := s.begin()
	rows[name] = n
	s.end()
}

// Methods that look like those of a lock, and do more or something else.
type signal interface {
	lock()
	unlock()
	rings() int
}

type counted struct {
	mu sync.Mutex
	n  int
}

func (c *counted) lock() {
	c.mu.Lock()
	c.n++
}

func (c *counted) unlock() { c.mu.Unlock() }

func (c *counted) rings() int { return c.n }

type mute struct{ n int }

func (m *mute) lock() { m.n++ }

func (m *mute) unlock() { m.n-- }

func (m *mute) rings() int { return m.n }

func signals() []signal { return []signal{&counted{}, &mute{}} }

func ring(s signal, again bool) int {
	s.lock()
	if again {
		return s.rings()
	}
	s.unlock()
	return 0
}
