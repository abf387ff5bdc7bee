package deadctx

import (
	"context"
	"fmt"
)

type key struct{}

// Trace runs f and tells done when the trace with an identity is complete.
func Trace(id string, f func(ctx context.Context) error, done func(id string)) error {
	ctx := context.WithValue(context.Background(), key{}, id)
	go func() {
		<-ctx.Done() // want "receive from ctx.Done.* blocks for ever"
		if id, ok := ctx.Value(key{}).(string); ok {
			done(id)
		}
	}()
	if err := f(ctx); err != nil {
		return fmt.Errorf("trace %s: %w", id, err)
	}
	return nil
}

// TraceFixed runs f and tells done when the trace with an identity is complete.
func TraceFixed(id string, f func(ctx context.Context) error, done func(id string)) error {
	ctx := context.WithValue(context.Background(), key{}, id)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		<-ctx.Done()
		if id, ok := ctx.Value(key{}).(string); ok {
			done(id)
		}
	}()
	if err := f(ctx); err != nil {
		return fmt.Errorf("trace %s: %w", id, err)
	}
	return nil
}
