package patient

import (
	"context"
	"net/http"
)

// Gateway serves until its context ends, for ever if it was given none.
type Gateway struct {
	ctx    context.Context
	server *http.Server
}

// NewGateway starts a gateway.
func NewGateway(ctx context.Context, h http.Handler) *Gateway {
	if ctx == nil {
		ctx = context.Background()
	}
	g := &Gateway{ctx: ctx, server: &http.Server{Handler: h}}
	go g.server.ListenAndServe()
	return g
}

// Wait waits for the end.
func (g *Gateway) Wait() error {
	<-g.ctx.Done()
	return g.server.Close()
}

// Run starts a gateway and waits for the end.
func Run(ctx context.Context, h http.Handler) error { return NewGateway(ctx, h).Wait() }
