package dispatch

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/sync/errgroup"
)

// Part is a piece of a large file.
type Part struct {
	Number int
	Data   []byte
}

// Upload sends the parts with a few workers and returns the first error.
func Upload(ctx context.Context, data []byte, size int, put func(context.Context, Part) error) error {
	if size <= 0 {
		return errors.New("size must be positive")
	}
	parts := make(chan Part)
	g, ctx := errgroup.WithContext(ctx)
	for range 3 {
		g.Go(func() error {
			for p := range parts {
				if err := put(ctx, p); err != nil {
					return fmt.Errorf("part %d: %w", p.Number, err)
				}
			}
			return nil
		})
	}
	for n := 0; len(data) > 0; n++ {
		k := min(size, len(data))
		parts <- Part{n, data[:k]} // want "send on parts blocks for ever"
		data = data[k:]
	}
	close(parts)
	return g.Wait()
}

// UploadFixed sends the parts with a few workers and returns the first error.
func UploadFixed(ctx context.Context, data []byte, size int, put func(context.Context, Part) error) error {
	if size <= 0 {
		return errors.New("size must be positive")
	}
	parts := make(chan Part)
	g, ctx := errgroup.WithContext(ctx)
	for range 3 {
		g.Go(func() error {
			for p := range parts {
				if err := put(ctx, p); err != nil {
					return fmt.Errorf("part %d: %w", p.Number, err)
				}
			}
			return nil
		})
	}
feed:
	for n := 0; len(data) > 0; n++ {
		k := min(size, len(data))
		select {
		case parts <- Part{n, data[:k]}:
		case <-ctx.Done():
			break feed
		}
		data = data[k:]
	}
	close(parts)
	return g.Wait()
}
