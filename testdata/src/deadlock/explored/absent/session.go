package absent

import (
	"context"
	"time"
)

type user struct{}

// Session runs f for a user for some time and returns what it says then.
func Session(name string, limit time.Duration, f func(ctx context.Context) string) string {
	ctx := context.WithValue(context.Background(), user{}, name)
	last := make(chan string)
	go func() { last <- f(ctx) }()
	<-ctx.Done() // want "receive from ctx.Done.* blocks for ever"
	return <-last
}

// SessionFixed runs f for a user for some time and returns what it says then.
func SessionFixed(name string, limit time.Duration, f func(ctx context.Context) string) string {
	ctx := context.WithValue(context.Background(), user{}, name)
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	last := make(chan string)
	go func() { last <- f(ctx) }()
	<-ctx.Done()
	return <-last
}
