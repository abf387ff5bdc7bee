// Package groups uses package errgroup.
package groups

import (
	"context"

	"golang.org/x/sync/errgroup"
)

// Fetch fetches all pages with a few goroutines.
func Fetch(ctx context.Context, urls []string, get func(context.Context, string) (int, error)) (total int, err error) {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(4)
	sizes := make(chan int, len(urls))
	for _, u := range urls {
		g.Go(func() error {
			n, err := get(ctx, u)
			if err != nil {
				return err
			}
			sizes <- n
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return 0, err
	}
	close(sizes)
	for n := range sizes {
		total += n
	}
	return total, nil
}

// Pipeline has a producer and consumers in one group.
func Pipeline(ctx context.Context, items []string, handle func(string) error) error {
	g, ctx := errgroup.WithContext(ctx)
	c := make(chan string)
	g.Go(func() error {
		defer close(c)
		for _, it := range items {
			select {
			case c <- it:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	for range 2 {
		g.Go(func() error {
			for it := range c {
				if err := handle(it); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return g.Wait()
}

// Watch ends its helper with the group.
func Watch(ctx context.Context, tasks []func(context.Context) error, ended func()) error {
	g, gctx := errgroup.WithContext(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		<-gctx.Done()
		ended()
	}()
	for _, t := range tasks {
		g.Go(func() error { return t(gctx) })
	}
	err := g.Wait()
	<-done
	return err
}

// Nested has a group for each item of a group.
func Nested(rows [][]string, f func(string) error) error {
	var g errgroup.Group
	g.SetLimit(1)
	for _, row := range rows {
		g.Go(func() error {
			var inner errgroup.Group
			inner.SetLimit(2)
			for _, cell := range row {
				inner.Go(func() error { return f(cell) })
			}
			return inner.Wait()
		})
	}
	return g.Wait()
}

// Stop ends the others when one has ended.
func Stop(ctx context.Context, run, background func(context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer cancel()
		return run(ctx)
	})
	g.Go(func() error {
		err := background(ctx)
		if ctx.Err() != nil {
			return nil
		}
		return err
	})
	return g.Wait()
}
