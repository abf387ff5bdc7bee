package group

import (
	"context"
	"fmt"

	"golang.org/x/sync/errgroup"
)

// Prefetch loads the keys with a goroutine for each four of them.
func Prefetch(ctx context.Context, keys []string, load func(context.Context, string) error) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(len(keys) / 4)
	for _, k := range keys {
		g.Go(func() error { // also deadlock "g.Go blocks for ever" // missed "g.Go blocks for ever"
			if err := load(ctx, k); err != nil {
				return fmt.Errorf("load %s: %w", k, err)
			}
			return nil
		})
	}
	return g.Wait()
}

// PrefetchFixed loads the keys with a goroutine for each four of them.
func PrefetchFixed(ctx context.Context, keys []string, load func(context.Context, string) error) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(len(keys)/4 + 1)
	for _, k := range keys {
		g.Go(func() error {
			if err := load(ctx, k); err != nil {
				return fmt.Errorf("load %s: %w", k, err)
			}
			return nil
		})
	}
	return g.Wait()
}
