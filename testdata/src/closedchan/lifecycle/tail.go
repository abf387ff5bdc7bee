package lifecycle

import "sync"

// Tail follows a file once it has been started. Who stops it waits for its end,
// so that no second Stop comes before it was started.
type Tail struct {
	quit chan struct{}
	done chan struct{}
}

// NewTail returns one that is not started.
func NewTail() *Tail { return &Tail{quit: make(chan struct{}), done: make(chan struct{})} }

// Start begins to follow.
func (t *Tail) Start() { go t.loop() }

func (t *Tail) loop() {
	defer close(t.done)
	<-t.quit
}

// Stop ends it.
func (t *Tail) Stop() {
	close(t.quit) // contract "close of closed channel t.quit panics"
	<-t.done
}

// TailFixed follows a file once it has been started.
type TailFixed struct {
	quit chan struct{}
	done chan struct{}
	once sync.Once
}

// NewTailFixed returns one that is not started.
func NewTailFixed() *TailFixed {
	return &TailFixed{quit: make(chan struct{}), done: make(chan struct{})}
}

// Start begins to follow.
func (t *TailFixed) Start() { go t.loop() }

func (t *TailFixed) loop() {
	defer close(t.done)
	<-t.quit
}

// Stop ends it.
func (t *TailFixed) Stop() {
	t.once.Do(func() { close(t.quit) })
	<-t.done
}
