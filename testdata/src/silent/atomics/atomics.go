// Package atomics decides by atomic values.
package atomics

import "sync/atomic"

// Box is closed once, whoever comes first.
type Box struct {
	closed atomic.Bool
	done   chan struct{}
}

// NewBox returns an open box.
func NewBox() *Box { return &Box{done: make(chan struct{})} }

// Close closes the box.
func (b *Box) Close() bool {
	if b.closed.CompareAndSwap(false, true) {
		close(b.done)
		return true
	}
	return false
}

// Closers lets several close a box.
func Closers(n int) (closed int) {
	b := NewBox()
	results := make(chan bool, n)
	for range n {
		go func() { results <- b.Close() }()
	}
	for range n {
		if <-results {
			closed++
		}
	}
	if n > 0 {
		<-b.done
	}
	return closed
}

// Countdown lets the last of the goroutines tell.
func Countdown(fns ...func()) {
	if len(fns) == 0 {
		return
	}
	left := int64(len(fns))
	done := make(chan struct{})
	for _, f := range fns {
		go func() {
			f()
			if atomic.AddInt64(&left, -1) == 0 {
				close(done)
			}
		}()
	}
	<-done
}

// First keeps what comes first and drops the rest.
func First[T any](first func() T, more ...func() T) T {
	var won atomic.Bool
	out := make(chan T, 1)
	run := func(f func() T) {
		v := f()
		if !won.Swap(true) {
			out <- v
		}
	}
	go run(first)
	for _, f := range more {
		go run(f)
	}
	return <-out
}

// Running is started once and stopped once.
type Running struct {
	state atomic.Int32
	quit  chan struct{}
	done  chan struct{}
}

// NewRunning returns what has not started.
func NewRunning() *Running {
	return &Running{quit: make(chan struct{}), done: make(chan struct{})}
}

// Start starts it.
func (r *Running) Start(f func(quit <-chan struct{})) bool {
	if !r.state.CompareAndSwap(0, 1) {
		return false
	}
	go func() {
		defer close(r.done)
		f(r.quit)
	}()
	return true
}

// Stop stops what runs.
func (r *Running) Stop() bool {
	if !r.state.CompareAndSwap(1, 2) {
		return false
	}
	close(r.quit)
	<-r.done
	return true
}

// Cycle starts and stops.
func Cycle(f func(quit <-chan struct{})) {
	r := NewRunning()
	r.Start(f)
	r.Start(f)
	r.Stop()
	r.Stop()
}

// Snapshot hands a pointer over.
func Snapshot(load func() map[string]string, use func(map[string]string)) {
	var current atomic.Pointer[map[string]string]
	ready := make(chan struct{})
	go func() {
		m := load()
		current.Store(&m)
		close(ready)
	}()
	<-ready
	if m := current.Load(); m != nil {
		use(*m)
	}
}
