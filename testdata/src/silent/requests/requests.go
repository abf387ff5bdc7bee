// Package requests works for the time of a request.
package requests

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"
)

// Handler streams what produce yields until the client has gone.
func Handler(produce func() string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		lines := make(chan string)
		go func() {
			defer close(lines)
			for {
				select {
				case lines <- produce():
				case <-r.Context().Done():
					return
				}
			}
		}()
		for n := 0; n < 10; n++ {
			select {
			case l := <-lines:
				if _, err := io.WriteString(w, l); err != nil {
					return
				}
			case <-r.Context().Done():
				return
			}
		}
	})
}

// Watch calls changed until ctx ends. The context is that of the caller.
func Watch(ctx context.Context, poll func() string, changed func(string)) {
	go func() {
		last := ""
		for {
			if s := poll(); s != last {
				last = s
				changed(s)
			}
			select {
			case <-ctx.Done():
				return
			case <-time.After(time.Second):
			}
		}
	}()
}

// CloseOn closes c when ctx ends.
func CloseOn(ctx context.Context, c io.Closer) {
	go func() {
		<-ctx.Done()
		c.Close()
	}()
}

// Both ends when one of the contexts does.
func Both(a, b context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(a)
	stop := context.AfterFunc(b, cancel)
	return ctx, func() {
		stop()
		cancel()
	}
}

// Stream sends to a channel that the client of the request reads.
func Stream(ctx context.Context, items []string) <-chan string {
	out := make(chan string)
	go func() {
		defer close(out)
		for _, it := range items {
			select {
			case <-ctx.Done():
				return
			case out <- it:
			}
		}
	}()
	return out
}

// Deadline runs f for some time at most.
func Deadline(parent context.Context, d time.Duration, f func(context.Context) error) error {
	ctx, cancel := context.WithTimeoutCause(parent, d, errors.New("took too long"))
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- f(ctx) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
