package handoff

import (
	"errors"
	"sync"
)

// Kept locked by a method on some calls, which callers cannot tell from the
// others, and released by another method if so.
type cursor struct {
	mu   sync.RWMutex
	held bool
	raw  []byte
}

func (c *cursor) scan(dest []any) error {
	if c.held {
		return errors.New("scanned twice")
	}
	c.mu.RLock()
	c.raw = c.raw[:0]
	err := c.fill(dest)
	if err == nil && len(dest) > 1 {
		c.held = true
	} else {
		c.mu.RUnlock()
	}
	return err
}

func (c *cursor) fill(dest []any) error {
	if c.raw == nil || len(dest) == 0 {
		return errors.New("no row")
	}
	return nil
}

func (c *cursor) next() {
	if c.held {
		c.held = false
		c.mu.RUnlock()
	}
}

func (c *cursor) close() {
	c.next()
	c.mu.Lock()
	c.raw = nil
	c.mu.Unlock()
}

func readAll(c *cursor) {
	var v any
	for range 3 {
		c.scan([]any{&v})
		c.next()
	}
	c.close()
}

func readOne(c *cursor) {
	var v any
	c.scan([]any{&v})
	c.close()
}

// Kept locked with a function, found in a field, that releases it.
type conn struct {
	mu      sync.RWMutex
	closed  bool
	release func(error)
}

func newConn() *conn {
	c := new(conn)
	c.release = c.done
	return c
}

func (c *conn) done(error) { c.mu.RUnlock() }

func (c *conn) grab() (*conn, func(error), error) {
	if c.closed {
		return nil, nil, errClosed
	}
	c.mu.RLock()
	return c, c.release, nil
}

func (c *conn) close() {
	c.mu.Lock()
	c.closed = true
	c.mu.Unlock()
}

func (c *conn) query() (*rows, error) {
	cc, release, err := c.grab()
	if err != nil {
		return nil, err
	}
	return &rows{cc, release}, nil
}

type rows struct {
	c       *conn
	release func(error)
}

func useConn(c *conn) error {
	_, err := c.query()
	c.close()
	return err
}

func useTwice(c *conn) error {
	for range 2 {
		_, release, err := c.grab()
		if err != nil {
			return err
		}
		release(nil)
	}
	return nil
}

// The object that holds the lock is made by the function, and gone with it.
type buffer struct {
	mu sync.Mutex
	b  []byte
}

func newBuffer() *buffer { return &buffer{b: []byte{}} }

func (b *buffer) writeMode() { b.mu.Lock() }
func (b *buffer) readMode()  { b.mu.Unlock() }

func (b *buffer) use(n int) error {
	if n < 0 {
		return errClosed
	}
	return nil
}

func roundTrip(n int) error {
	b := newBuffer()
	b.writeMode()
	if err := b.use(n); err != nil {
		return err
	}
	b.readMode()
	return nil
}

// The same with an object that another goroutine works on.
func roundTripShared(n int) error {
	b := newBuffer()
	go func() {
		b.writeMode()
		b.readMode()
	}()
	b.writeMode()
	if err := b.use(n); err != nil {
		return err // want `return without unlocking .*mu`
	}
	b.readMode()
	return nil
}

// The last look at what is counted: nobody locks after it.
func countAll(each func(func(int)), last func(func() int)) {
	var log struct {
		sync.Mutex
		sizes []int
	}
	each(func(n int) {
		log.Lock()
		log.sizes = append(log.sizes, n)
		log.Unlock()
	})
	last(func() int {
		log.Lock() // no need to unlock
		return len(log.sizes)
	})
}

// Two goroutines take turns: what one locks twice the other unlocks.
func takeTurns(blocked func()) {
	var mu sync.Mutex
	go func() {
		mu.Lock()
		mu.Lock()
	}()
	blocked()
	mu.Unlock()
}

// The address of the lock is returned for the caller to release it.
type stream struct {
	mu   sync.Mutex
	next int
}

func (s *stream) await(id int, ready func() int) (lock *sync.Mutex, err error) {
	for {
		s.mu.Lock()
		next := ready()
		if next < 0 {
			s.mu.Unlock()
			err = errClosed
			break
		}
		if next == id {
			lock = &s.mu
			break
		}
		s.mu.Unlock()
	}
	return
}

func (s *stream) read(id int, ready func() int) error {
	lock, err := s.await(id, ready)
	if err != nil {
		return err
	}
	s.next++
	lock.Unlock()
	return nil
}
