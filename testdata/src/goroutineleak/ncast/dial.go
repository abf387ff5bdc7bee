package ncast

import (
	"context"
	"errors"
	"fmt"
	"io"
)

// Dialer opens connections.
type Dialer func(ctx context.Context, addr string) (io.Closer, error)

// Dial connects to whichever address answers first. Connections that come late
// are closed.
func Dial(ctx context.Context, dial Dialer, addrs ...string) (io.Closer, error) {
	conns := make(chan io.Closer)
	errs := make(chan error)
	done := make(chan struct{})
	defer close(done)
	for _, addr := range addrs {
		go func() {
			c, err := dial(ctx, addr)
			if err != nil {
				errs <- fmt.Errorf("dial %s: %w", addr, err) // want "send on errs blocks for ever"
				return
			}
			select {
			case conns <- c:
			case <-done:
				c.Close()
			}
		}()
	}
	var all []error
	for range addrs {
		select {
		case c := <-conns:
			return c, nil
		case err := <-errs:
			all = append(all, err)
		}
	}
	return nil, errors.Join(all...)
}

// DialFixed connects to whichever address answers first. Connections that come late
// are closed.
func DialFixed(ctx context.Context, dial Dialer, addrs ...string) (io.Closer, error) {
	conns := make(chan io.Closer)
	errs := make(chan error, len(addrs))
	done := make(chan struct{})
	defer close(done)
	for _, addr := range addrs {
		go func() {
			c, err := dial(ctx, addr)
			if err != nil {
				errs <- fmt.Errorf("dial %s: %w", addr, err)
				return
			}
			select {
			case conns <- c:
			case <-done:
				c.Close()
			}
		}()
	}
	var all []error
	for range addrs {
		select {
		case c := <-conns:
			return c, nil
		case err := <-errs:
			all = append(all, err)
		}
	}
	return nil, errors.Join(all...)
}
