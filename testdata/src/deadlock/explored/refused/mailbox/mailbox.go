// Package mailbox keeps messages for a reader.
package mailbox

import (
	"errors"
	"sync"
)

// Box takes messages until it is closed.
type Box struct {
	mu     sync.Mutex
	closed bool
	held   []func()
	c      chan func()
}

// New makes a box.
func New() *Box { return &Box{c: make(chan func(), 1)} }

var errClosed = errors.New("mailbox: closed")

// Put keeps a message.
func (b *Box) Put(f func()) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return errClosed
	}
	if len(b.held) == 0 {
		select {
		case b.c <- f:
			return nil
		default:
		}
	}
	b.held = append(b.held, f)
	return nil
}

// Get gives what was put.
func (b *Box) Get() <-chan func() { return b.c }

// Close ends it.
func (b *Box) Close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.closed {
		b.closed = true
		close(b.c)
	}
}
