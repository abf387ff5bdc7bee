// Package helpers helps tests of other packages.
package helpers

import (
	"context"
	"testing"
)

// UntilEnd calls a function in the background when the test ends.
func UntilEnd(t testing.TB, f func()) {
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(func() { cancel() })
	go func() {
		<-ctx.Done()
		f()
	}()
}

// Collect gives what takes values until the test ends.
func Collect(t *testing.T) chan<- int {
	values := make(chan int)
	go func() {
		sum := 0
		for v := range values {
			sum += v
		}
	}()
	t.Cleanup(func() { close(values) })
	return values
}
