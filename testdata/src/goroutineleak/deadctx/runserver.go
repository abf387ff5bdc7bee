package deadctx

import (
	"context"
	"fmt"
)

// Server answers requests until it is shut down.
type Server interface {
	Serve() error
	Shutdown()
}

// RunServer runs a server.
func RunServer(s Server) error {
	ctx := context.Background()
	go func() {
		<-ctx.Done() // want "receive from ctx.Done.* blocks for ever"
		s.Shutdown()
	}()
	if err := s.Serve(); err != nil {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}

// RunServerFixed runs a server.
func RunServerFixed(s Server) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		<-ctx.Done()
		s.Shutdown()
	}()
	if err := s.Serve(); err != nil {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}
