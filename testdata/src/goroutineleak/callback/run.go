package callback

import (
	"context"
	"time"
)

// Run runs steps until they are through, or ctx ends. It returns how many of
// them were run.
func Run(ctx context.Context, steps []func()) int {
	ended := make(chan error)
	stop := context.AfterFunc(ctx, func() {
		ended <- context.Cause(ctx) // want "send on ended blocks for ever"
	})
	defer stop()
	for i, s := range steps {
		if ctx.Err() != nil {
			return i
		}
		s()
	}
	if !stop() {
		select {
		case <-ended:
		case <-time.After(time.Millisecond):
		}
	}
	return len(steps)
}

// RunFixed runs steps until they are through, or ctx ends. It returns how many of
// them were run.
func RunFixed(ctx context.Context, steps []func()) int {
	ended := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() {
		ended <- context.Cause(ctx)
	})
	defer stop()
	for i, s := range steps {
		if ctx.Err() != nil {
			return i
		}
		s()
	}
	if !stop() {
		select {
		case <-ended:
		case <-time.After(time.Millisecond):
		}
	}
	return len(steps)
}
