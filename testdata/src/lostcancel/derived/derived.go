// Package derived uses contexts that other functions derive.
package derived

import (
	"context"
	"errors"
	"net/http"
	"time"

	"example.com/corpus/lostcancel/derived/join"
)

// Server ends what it does with a context of its own.
type Server struct{ ctx context.Context }

func work(ctx context.Context) error { return ctx.Err() }

// Serve leaves a goroutine behind for each call.
func (s *Server) Serve(ctx context.Context) error {
	both, _ := join.Both(ctx, s.ctx) // want "the cancel function of join.Both is discarded"
	return work(both)
}

// ServeFixed ends the goroutine when it returns.
func (s *Server) ServeFixed(ctx context.Context) error {
	both, cancel := join.Both(ctx, s.ctx)
	defer cancel()
	return work(both)
}

// Limit forgets the context when there is nothing to do.
func (s *Server) Limit(ctx context.Context, n int) error {
	ctx, cancel, err := join.Limited(ctx, n < 10) // want "cancel, the cancel function of join.Limited, is not called when Limit returns at line 38"
	if err != nil {
		return err
	}
	if n == 0 {
		return errors.New("nothing to do")
	}
	defer cancel()
	return work(ctx)
}

// LimitFixed ends the context whenever there is one.
func (s *Server) LimitFixed(ctx context.Context, n int) error {
	ctx, cancel, err := join.Limited(ctx, n < 10)
	if err != nil {
		return err
	}
	defer cancel()
	return work(ctx)
}

// Borrow has no say in when the session ends.
func Borrow(s *join.Session) error {
	ctx, _ := s.Context()
	return work(ctx)
}

// Plain has nothing to end.
func Plain(parent context.Context) error {
	ctx, _ := join.Nothing(parent)
	return work(ctx)
}

func (s *Server) request(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	stop := context.AfterFunc(s.ctx, cancel)
	return ctx, func() {
		stop()
		cancel()
	}
}

// Request leaves the context below that of the server.
func (s *Server) Request(ctx context.Context) error {
	ctx, _ = s.request(ctx) // want "the cancel function of request is discarded"
	return work(ctx)
}

// RequestFixed ends it.
func (s *Server) RequestFixed(ctx context.Context) error {
	ctx, cancel := s.request(ctx)
	defer cancel()
	return work(ctx)
}

// refused tells why there is no context.
type refused struct{ status int }

func (r *refused) Error() string { return http.StatusText(r.status) }

func granted(r *http.Request) (context.Context, context.CancelFunc, *refused) {
	if r.Body == nil {
		return nil, nil, &refused{http.StatusBadRequest}
	}
	ctx, cancel := context.WithCancel(r.Context())
	return ctx, cancel, nil
}

// HandleGranted does nothing for requests that are refused.
func HandleGranted(w http.ResponseWriter, r *http.Request) {
	ctx, cancel, no := granted(r)
	if no != nil {
		w.WriteHeader(no.status)
		return
	}
	defer cancel()
	<-ctx.Done()
}

// limited gives a context for a request, and no context and cancel function if
// the request is to be turned down.
func limited(r *http.Request) (context.Context, context.CancelFunc, bool) {
	limit, err := time.ParseDuration(r.Header.Get("Limit"))
	if err != nil {
		return nil, nil, false
	}
	ctx, cancel := context.WithTimeout(r.Context(), limit)
	return ctx, cancel, true
}

// Handle does nothing for requests that are turned down.
func Handle(w http.ResponseWriter, r *http.Request) {
	ctx, cancel, ok := limited(r)
	if !ok {
		return
	}
	defer cancel()
	<-ctx.Done()
	w.WriteHeader(http.StatusOK)
}

// HandleOnce forgets the context of a request that has no body.
func HandleOnce(w http.ResponseWriter, r *http.Request) {
	ctx, cancel, ok := limited(r) // want "cancel, the cancel function of derived.limited, is not called when HandleOnce returns"
	if !ok || r.Body == nil {
		return
	}
	defer cancel()
	<-ctx.Done()
	w.WriteHeader(http.StatusOK)
}
