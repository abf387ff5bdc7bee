// Package notice passes on notices to whoever wants to hear of them.
package notice

import "sync"

// Board is where notices are pinned up.
type Board interface {
	Post(text string)
	Listen(tell func(text string))
}

// board hands each notice to all listeners, one after the other.
type board struct {
	posted    chan string
	mu        sync.Mutex
	listeners []func(string)
}

// NewBoard returns a board without listeners. It lasts: there is no way to end it.
func NewBoard() Board {
	b := &board{posted: make(chan string, 10)}
	go func() {
		for {
			text := <-b.posted
			b.mu.Lock()
			for _, tell := range b.listeners {
				tell(text)
			}
			b.mu.Unlock()
		}
	}()
	return b
}

// Listen adds a listener.
func (b *board) Listen(tell func(text string)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.listeners = append(b.listeners, tell)
}

// Post pins up a notice.
func (b *board) Post(text string) { b.posted <- text }

// BoardFixed hands each notice to all listeners, one after the other.
type BoardFixed struct {
	posted    chan string
	closed    chan struct{}
	close     sync.Once
	mu        sync.Mutex
	listeners []func(string)
}

// NewBoardFixed returns a board without listeners, to be closed.
func NewBoardFixed() *BoardFixed {
	b := &BoardFixed{posted: make(chan string, 10), closed: make(chan struct{})}
	go func() {
		for {
			select {
			case text := <-b.posted:
				b.mu.Lock()
				for _, tell := range b.listeners {
					tell(text)
				}
				b.mu.Unlock()
			case <-b.closed:
				return
			}
		}
	}()
	return b
}

// Listen adds a listener.
func (b *BoardFixed) Listen(tell func(text string)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.listeners = append(b.listeners, tell)
}

// Post pins up a notice unless the board is closed.
func (b *BoardFixed) Post(text string) {
	select {
	case b.posted <- text:
	case <-b.closed:
	}
}

// Close ends the passing on.
func (b *BoardFixed) Close() { b.close.Do(func() { close(b.closed) }) }
