package workerexit

import (
	"context"
	"fmt"

	"golang.org/x/sync/errgroup"
)

// Object is a file in a bucket.
type Object struct {
	Key  string
	Size int64
}

// Sync copies objects with several workers and returns the first error.
func Sync(ctx context.Context, objects []Object, workers int, cp func(context.Context, Object) error) error {
	queue := make(chan Object)
	g, ctx := errgroup.WithContext(ctx)
	for range max(1, workers) {
		g.Go(func() error {
			for {
				select {
				case o, ok := <-queue:
					if !ok {
						return nil
					}
					if err := cp(ctx, o); err != nil {
						return fmt.Errorf("copy %s: %w", o.Key, err)
					}
				case <-ctx.Done():
					return ctx.Err()
				}
			}
		})
	}
	go func() {
		defer close(queue)
		for _, o := range objects {
			if o.Size == 0 {
				continue
			}
			queue <- o // want "send on queue blocks for ever"
		}
	}()
	return g.Wait()
}

// SyncFixed copies objects with several workers and returns the first error.
func SyncFixed(ctx context.Context, objects []Object, workers int, cp func(context.Context, Object) error) error {
	queue := make(chan Object)
	g, ctx := errgroup.WithContext(ctx)
	for range max(1, workers) {
		g.Go(func() error {
			for {
				select {
				case o, ok := <-queue:
					if !ok {
						return nil
					}
					if err := cp(ctx, o); err != nil {
						return fmt.Errorf("copy %s: %w", o.Key, err)
					}
				case <-ctx.Done():
					return ctx.Err()
				}
			}
		})
	}
	go func() {
		defer close(queue)
		for _, o := range objects {
			if o.Size == 0 {
				continue
			}
			select {
			case queue <- o:
			case <-ctx.Done():
				return
			}
		}
	}()
	return g.Wait()
}
