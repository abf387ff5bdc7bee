package derived

import (
	"context"
	"sync"
	"time"

	"example.com/corpus/lostcancel/derived/join"
)

var (
	sharedOnce sync.Once
	shared     context.Context
)

// SharedByAll makes the context that lives as long as the process.
func SharedByAll() context.Context {
	sharedOnce.Do(func() { shared, _ = join.Tab(context.Background()) })
	return shared
}

// OpenTab gives a function that ends the tab by its context.
func OpenTab(parent context.Context) (context.Context, func()) {
	ctx, _ := join.Tab(parent)
	return ctx, func() { join.End(ctx) }
}

// LookAtTab leaves the tab open.
func LookAtTab(parent context.Context) string {
	ctx, _ := join.Tab(parent) // want "the cancel function of join.Tab is discarded"
	return join.Title(ctx)
}

// Stream says why it leaves the context alone.
func Stream(parent context.Context) context.Context {
	// We do not call cancel: what is read from the stream would end with it. The
	// timeout ends the context.
	ctx, _ := context.WithTimeout(parent, time.Minute)
	return ctx
}

// StreamUnexplained only says what it does.
func StreamUnexplained(parent context.Context) context.Context {
	// A context that can be cancelled.
	ctx, _ := context.WithTimeout(parent, time.Minute) // want "the cancel function of context.WithTimeout is discarded"
	return ctx
}
