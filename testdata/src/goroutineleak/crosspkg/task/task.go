// Package task runs functions for others.
package task

import "sync"

// Reply sends what f returns to the one who asked.
func Reply[T any](to chan<- T, f func() T) { to <- f() }

// Done runs f and says so, unless it fails.
func Done(wg *sync.WaitGroup, f func() error) error {
	if err := f(); err != nil {
		return err
	}
	wg.Done()
	return nil
}

// Always runs f and says so in any case.
func Always(wg *sync.WaitGroup, f func() error) error {
	defer wg.Done()
	return f()
}

// Only runs f.
func Only(f func() error) error { return f() }

// Start runs f in the background, if it is wanted, and sends its result.
func Start(wanted bool, f func() error, result chan<- error) {
	if !wanted {
		return
	}
	go func() { result <- f() }()
}

// Queue is a queue with room for some.
type Queue[T any] struct{ items chan T }

// NewQueue makes a queue with room for n.
func NewQueue[T any](n int) *Queue[T] { return &Queue[T]{items: make(chan T, n)} }

// Push adds an item, when there is room.
func (q *Queue[T]) Push(v T) { q.items <- v }

// Pop takes an item, when there is one.
func (q *Queue[T]) Pop() T { return <-q.items }

// Finish closes a channel for the one who sends on it.
func Finish(c chan<- string) { close(c) }
