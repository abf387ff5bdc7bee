package callbacks

import (
	"context"
	"sync"
)

// Retry calls an operation until it succeeds, as far as it seems worth it.
var Retry func(operation func() error) error

// Feed hands events to those who subscribe.
type Feed struct {
	mu         sync.Mutex
	subscribed map[chan string]chan struct{}
	dial       func(ctx context.Context) (chan string, error)
}

// NewFeed returns a feed of what dial connects to.
func NewFeed(dial func(ctx context.Context) (chan string, error)) *Feed {
	return &Feed{subscribed: map[chan string]chan struct{}{}, dial: dial}
}

// Subscribe returns as soon as the feed is connected, or cannot be. Whether the
// operation succeeds and whether it was connected belong together.
func (f *Feed) Subscribe(ctx context.Context, ch chan string) error {
	connected := false
	errs := make(chan error)
	f.mu.Lock()
	f.subscribed[ch] = make(chan struct{})
	f.mu.Unlock()
	go func() {
		err := Retry(func() error {
			events, err := f.dial(ctx)
			if err != nil {
				return err
			}
			if !connected {
				errs <- nil
				connected = true
			}
			for e := range events {
				select {
				case ch <- e:
				case <-ctx.Done():
					return nil
				}
			}
			return nil
		})
		if err != nil && !connected {
			errs <- err
		}
	}()
	err := <-errs
	close(errs)
	return err
}
