package locks

import "sync"

// The value is there already: a flag under the lock says so.
type want struct {
	mu     sync.Mutex
	done   bool
	result chan int
}

func newWant() *want { return &want{result: make(chan int, 1)} }

func (w *want) deliver(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.done = true
	w.result <- n
}

func (w *want) cancel() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.done {
		<-w.result
	}
	w.done = true
}

// Closed already: a flag under the lock says so.
type gone struct {
	mu     sync.Mutex
	closed bool
	ch     chan int
}

func newGone() *gone { return &gone{ch: make(chan int)} }

func (g *gone) close() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.closed = true
	close(g.ch)
}

func (g *gone) drained() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		<-g.ch
	}
}
