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

// Reader gives the stop function to its owner.
type Reader struct {
	next func() (string, bool)
	stop func()
}

func NewReader(seq iter.Seq[string]) *Reader {
	r := new(Reader)
	r.next, r.stop = iter.Pull(seq)
	return r
}

// Service keeps the cancel of its context.
type Service struct {
	cancel context.CancelFunc
}

func NewService() *Service {
	ctx, cancel := context.WithCancel(context.Background())
	s := &Service{cancel: cancel}
	go wait(ctx)
	return s
}
