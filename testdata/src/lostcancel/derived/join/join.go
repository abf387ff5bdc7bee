// Package join makes contexts of others.
package join

import "context"

type joined struct {
	context.Context
	done chan struct{}
	stop chan struct{}
}

func (j *joined) Done() <-chan struct{} { return j.done }

func (j *joined) cancel() { close(j.stop) }

func (j *joined) wait(other context.Context) {
	select {
	case <-j.Context.Done():
	case <-other.Done():
	case <-j.stop:
	}
	close(j.done)
}

// Both returns a context that ends with either of two. To call the function that
// it returns ends it.
func Both(one, other context.Context) (context.Context, context.CancelFunc) {
	j := &joined{one, make(chan struct{}), make(chan struct{})}
	go j.wait(other)
	return j, j.cancel
}

// Limited returns a context that ends with its parent and can be ended.
func Limited(parent context.Context, ok bool) (context.Context, context.CancelFunc, error) {
	if !ok {
		return nil, nil, context.Canceled
	}
	ctx, cancel := context.WithCancel(parent)
	return ctx, func() { cancel() }, nil
}

// A Session has a context of its own.
type Session struct {
	ctx    context.Context
	cancel context.CancelFunc
}

// Context returns the context of the session and what ends it.
func (s *Session) Context() (context.Context, context.CancelFunc) { return s.ctx, s.cancel }

// NewSession opens a session.
func NewSession(parent context.Context) *Session {
	s := &Session{}
	s.ctx, s.cancel = context.WithCancel(parent)
	return s
}

// Nothing returns a context that needs no end.
func Nothing(parent context.Context) (context.Context, context.CancelFunc) { return parent, func() {} }

type key struct{}

// Tab returns a context that holds what ends it, see End.
func Tab(parent context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(parent)
	return context.WithValue(ctx, key{}, cancel), cancel
}

// End ends a context of Tab.
func End(ctx context.Context) {
	if cancel, ok := ctx.Value(key{}).(context.CancelFunc); ok {
		cancel()
	}
}

// Title tells what a context of Tab shows.
func Title(ctx context.Context) string { return "untitled" }
