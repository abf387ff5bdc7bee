package deadctx

import (
	"context"
	"sync"
)

// Link is a connection that reconnects until it is closed.
type Link struct {
	ctx    context.Context
	cancel context.CancelFunc
	drop   chan struct{}
	mu     sync.Mutex
	dials  int
}

// Open dials for the first time.
func Open(dial func() error) (*Link, error) {
	l := &Link{drop: make(chan struct{})}
	l.ctx, l.cancel = context.WithCancel(context.Background())
	if err := dial(); err != nil {
		l.cancel()
		return nil, err
	}
	go l.redial(dial)
	return l, nil
}

func (l *Link) redial(dial func() error) {
	for {
		select { // missed "select blocks for ever"
		case <-l.drop:
			l.mu.Lock()
			if dial() == nil {
				l.dials++
			}
			l.mu.Unlock()
		case <-l.ctx.Done():
			return
		}
	}
}

// Close closes the connection and returns how often it was dialled again.
func (l *Link) Close() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.dials
}

// Use opens a link and runs f, which gets a function that reports a loss.
func Use(dial func() error, f func(lost func())) (int, error) {
	l, err := Open(dial)
	if err != nil {
		return 0, err
	}
	f(func() {
		select {
		case l.drop <- struct{}{}:
		case <-l.ctx.Done():
		}
	})
	return l.Close(), nil
}

// LinkFixed is a connection that reconnects until it is closed.
type LinkFixed struct {
	ctx    context.Context
	cancel context.CancelFunc
	drop   chan struct{}
	mu     sync.Mutex
	dials  int
}

// OpenFixed dials for the first time.
func OpenFixed(dial func() error) (*LinkFixed, error) {
	l := &LinkFixed{drop: make(chan struct{})}
	l.ctx, l.cancel = context.WithCancel(context.Background())
	if err := dial(); err != nil {
		l.cancel()
		return nil, err
	}
	go l.redial(dial)
	return l, nil
}

func (l *LinkFixed) redial(dial func() error) {
	for {
		select {
		case <-l.drop:
			l.mu.Lock()
			if dial() == nil {
				l.dials++
			}
			l.mu.Unlock()
		case <-l.ctx.Done():
			return
		}
	}
}

// Close closes the connection and returns how often it was dialled again.
func (l *LinkFixed) Close() int {
	l.cancel()
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.dials
}

// UseFixed opens a link and runs f, which gets a function that reports a loss.
func UseFixed(dial func() error, f func(lost func())) (int, error) {
	l, err := OpenFixed(dial)
	if err != nil {
		return 0, err
	}
	f(func() {
		select {
		case l.drop <- struct{}{}:
		case <-l.ctx.Done():
		}
	})
	return l.Close(), nil
}
