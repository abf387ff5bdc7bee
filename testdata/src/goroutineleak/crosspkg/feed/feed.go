// Package feed has helpers for goroutines that other packages use.
package feed

import "sync"

// Result is the outcome of a call.
type Result[T any] struct {
	Value T
	Err   error
}

// Async calls f in the background. The result must be received.
func Async[T any](f func() (T, error)) <-chan Result[T] {
	out := make(chan Result[T])
	go func() {
		v, err := f()
		out <- Result[T]{v, err}
	}()
	return out
}

// Future is Async for results that nobody may want.
func Future[T any](f func() (T, error)) <-chan Result[T] {
	out := make(chan Result[T], 1)
	go func() {
		v, err := f()
		out <- Result[T]{v, err}
	}()
	return out
}

// Watcher calls a function for each value until it is closed.
type Watcher struct {
	values chan string
	quit   chan struct{}
	once   sync.Once
}

// Watch starts a watcher.
func Watch(seen func(string)) *Watcher {
	w := &Watcher{values: make(chan string), quit: make(chan struct{})}
	go w.run(seen)
	return w
}

func (w *Watcher) run(seen func(string)) {
	for {
		select {
		case v := <-w.values:
			seen(v)
		case <-w.quit:
			return
		}
	}
}

// Put lets the watcher see a value.
func (w *Watcher) Put(v string) {
	select {
	case w.values <- v:
	case <-w.quit:
	}
}

// Close ends the watcher.
func (w *Watcher) Close() { w.once.Do(func() { close(w.quit) }) }

// Send sends the values to dst, one after the other.
func Send[T any](dst chan<- T, values ...T) {
	for _, v := range values {
		dst <- v
	}
}

// First returns the first value that is sent to src.
func First[T any](src <-chan T) T { return <-src }

// Each calls f for each value of src until that is closed.
func Each[T any](src <-chan T, f func(T)) {
	for v := range src {
		f(v)
	}
}

// Go runs f in a goroutine that wg counts.
func Go(wg *sync.WaitGroup, f func()) {
	wg.Add(1)
	go func() {
		defer wg.Done()
		f()
	}()
}
