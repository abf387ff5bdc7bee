package earlyreturn

import "fmt"

type outcome[T any] struct {
	value T
	err   error
}

// start evaluates f in the background.
func start[T any](f func() (T, error)) <-chan outcome[T] {
	out := make(chan outcome[T])
	go func() {
		v, err := f()
		out <- outcome[T]{v, err} // want "send on out blocks for ever"
	}()
	return out
}

// Compare tells whether two replicas hold the same value. Both are asked at
// the same time.
func Compare[T comparable](primary, secondary func() (T, error)) (bool, error) {
	first := start(primary)
	second := start(secondary)
	a := <-first
	if a.err != nil {
		return false, fmt.Errorf("primary: %w", a.err)
	}
	b := <-second
	if b.err != nil {
		return false, fmt.Errorf("secondary: %w", b.err)
	}
	return a.value == b.value, nil
}

type outcomeFixed[T any] struct {
	value T
	err   error
}

// startFixed evaluates f in the background.
func startFixed[T any](f func() (T, error)) <-chan outcomeFixed[T] {
	out := make(chan outcomeFixed[T], 1)
	go func() {
		v, err := f()
		out <- outcomeFixed[T]{v, err}
	}()
	return out
}

// CompareFixed tells whether two replicas hold the same value. Both are asked at
// the same time.
func CompareFixed[T comparable](primary, secondary func() (T, error)) (bool, error) {
	first := startFixed(primary)
	second := startFixed(secondary)
	a := <-first
	if a.err != nil {
		return false, fmt.Errorf("primary: %w", a.err)
	}
	b := <-second
	if b.err != nil {
		return false, fmt.Errorf("secondary: %w", b.err)
	}
	return a.value == b.value, nil
}
