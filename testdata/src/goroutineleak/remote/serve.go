package remote

import (
	"context"
	"fmt"
)

// Listener is the part of a server that is run and shut down.
type Listener interface {
	ListenAndServe() error
	Close() error
}

// Serve runs a server until ctx ends.
func Serve(ctx context.Context, srv Listener) error {
	errc := make(chan error)
	go func() {
		errc <- srv.ListenAndServe() // want "send on errc blocks for ever"
	}()
	select {
	case err := <-errc:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
		return srv.Close()
	}
}

// ServeFixed runs a server until ctx ends.
func ServeFixed(ctx context.Context, srv Listener) error {
	errc := make(chan error, 1)
	go func() {
		errc <- srv.ListenAndServe()
	}()
	select {
	case err := <-errc:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
		return srv.Close()
	}
}
