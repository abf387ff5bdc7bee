// Package cancels has no function of its own that looks like a cancel.
package cancels

import (
	"context"
	"errors"
	"iter"
)

func wait(ctx context.Context) { <-ctx.Done() }

func Plainly() {
	ctx, cancel := context.WithCancelCause(context.Background())
	go wait(ctx)
	cancel(errors.New("over"))
}

func squares(yield func(int) bool) {
	for i := range 3 {
		if !yield(i * i) {
			return
		}
	}
}

// First forgets to stop the sequence.
func First() int {
	next, _ := iter.Pull(squares) // stuck: First
	v, _ := next()
	return v
}

func FirstStopped() int {
	next, stop := iter.Pull(squares)
	defer stop()
	v, _ := next()
	return v
}
