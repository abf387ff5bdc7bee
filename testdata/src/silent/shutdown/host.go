package shutdown

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"

	"golang.org/x/sync/errgroup"
)

// Host is an HTTP server that ends its own work when it cannot serve.
type Host struct {
	*http.Server

	mu      sync.Mutex
	serving *errgroup.Group
}

// NewHost makes a host.
func NewHost() *Host { return &Host{Server: &http.Server{}} }

// Go serves in a goroutine. That Serve returns with an error, as it always does,
// ends the context of the group.
func (h *Host) Go(l net.Listener, handler http.Handler) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.Handler = handler
	serving, ctx := errgroup.WithContext(context.Background())
	h.serving = serving
	serving.Go(func() error { return h.Serve(l) })
	go func() {
		<-ctx.Done()
		h.Close()
	}()
}

// Close ends the server.
func (h *Host) Close() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.serving == nil {
		return errors.New("not started yet")
	}
	return h.Server.Close()
}

// Wait waits for the end.
func (h *Host) Wait() error {
	h.mu.Lock()
	g := h.serving
	h.mu.Unlock()
	if g == nil {
		return errors.New("not started yet")
	}
	if err := g.Wait(); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
