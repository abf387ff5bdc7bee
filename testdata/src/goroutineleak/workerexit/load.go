package workerexit

import (
	"context"

	"golang.org/x/sync/errgroup"
)

// Load reads rows and writes them with four workers. The reader goes by the
// caller's context, which a worker that fails does not end.
func Load(ctx context.Context, read func() (string, bool), write func(string) error) error {
	rows := make(chan string)
	g, _ := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(rows)
		for {
			row, ok := read()
			if !ok {
				return nil
			}
			select { // want "select blocks until the caller cancels: nobody receives from rows"
			case rows <- row:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	})
	for range 4 {
		g.Go(func() error {
			for row := range rows {
				if err := write(row); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return g.Wait()
}

// LoadFixed goes by the context of the group.
func LoadFixed(ctx context.Context, read func() (string, bool), write func(string) error) error {
	rows := make(chan string)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(rows)
		for {
			row, ok := read()
			if !ok {
				return nil
			}
			select {
			case rows <- row:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	})
	for range 4 {
		g.Go(func() error {
			for row := range rows {
				if err := write(row); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return g.Wait()
}
