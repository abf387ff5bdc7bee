// Package groups shows errgroup, semaphore and singleflight at work.
package groups

import (
	"context"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"
	"golang.org/x/sync/singleflight"
)

// Pipeline stops its producer when a consumer fails.
func Pipeline(ctx context.Context, items []int, use func(int) error) error {
	g, ctx := errgroup.WithContext(ctx)
	c := make(chan int)
	g.Go(func() error {
		defer close(c)
		for _, v := range items {
			select {
			case c <- v:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	g.Go(func() error {
		for v := range c {
			if err := use(v); err != nil {
				return err
			}
		}
		return nil
	})
	return g.Wait()
}

// Deaf does not look at the context while it sends.
func Deaf(ctx context.Context, items []int, use func(int) error) error {
	g, ctx := errgroup.WithContext(ctx)
	c := make(chan int)
	g.Go(func() error {
		defer close(c)
		for _, v := range items {
			c <- v // stuck: Deaf
		}
		return nil
	})
	g.Go(func() error {
		for v := range c {
			if err := use(v); err != nil {
				return err
			}
		}
		return ctx.Err()
	})
	return g.Wait()
}

// Limited fills a buffered channel with a bounded number of goroutines.
func Limited(items []int, work func(int) int) ([]int, error) {
	var g errgroup.Group
	g.SetLimit(2)
	results := make(chan int, len(items))
	for _, v := range items {
		g.Go(func() error {
			results <- work(v)
			return nil
		})
	}
	err := g.Wait()
	close(results)
	var out []int
	for r := range results {
		out = append(out, r)
	}
	return out, err
}

// Nested starts a goroutine from one that fills the group.
func Nested() error {
	var g errgroup.Group
	g.SetLimit(1)
	g.Go(func() error {
		g.Go(func() error { return nil }) // stuck: Nested
		return nil
	})
	return g.Wait()
}

// Bounded runs at most two at a time.
func Bounded(ctx context.Context, work func()) error {
	sem := semaphore.NewWeighted(2)
	for range 3 {
		if err := sem.Acquire(ctx, 1); err != nil {
			return err
		}
		go func() {
			defer sem.Release(1)
			work()
		}()
	}
	return sem.Acquire(ctx, 2)
}

// Unreleased forgets to give back on one path.
func Unreleased(work func() bool) error {
	sem := semaphore.NewWeighted(1)
	ctx := context.Background()
	for range 2 {
		if err := sem.Acquire(ctx, 1); err != nil { // stuck: Unreleased
			return err
		}
		if work() {
			sem.Release(1)
		}
	}
	return nil
}

// Shared loads a key once for two callers.
func Shared(load func() (any, error)) {
	var g singleflight.Group
	done := make(chan struct{})
	go func() {
		defer close(done)
		g.Do("key", load)
	}()
	g.Do("key", load)
	<-done
}

// Again asks for the key that it is loading.
func Again() {
	var g singleflight.Group
	go g.Do("key", func() (any, error) {
		v, err, _ := g.Do("key", func() (any, error) { return nil, nil }) // stuck: Again
		return v, err
	})
}

// Late abandons the channel of DoChan, which has a buffer.
func Late(ctx context.Context, load func() (any, error)) error {
	var g singleflight.Group
	select {
	case r := <-g.DoChan("key", load):
		return r.Err
	case <-ctx.Done():
		return ctx.Err()
	}
}
