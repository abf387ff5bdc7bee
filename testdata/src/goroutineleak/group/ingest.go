package group

import (
	"context"
	"fmt"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// Ingest runs the loaders. Their progress is logged until they are done.
func Ingest(ctx context.Context, loaders []func(context.Context) (int, error), strict bool, log func(int)) error {
	var rows atomic.Int64
	g, gctx := errgroup.WithContext(context.WithoutCancel(ctx))
	go func() {
		<-gctx.Done() // want "receive from gctx.Done.* blocks for ever"
		log(int(rows.Load()))
	}()
	for i, load := range loaders {
		if load == nil && strict {
			return fmt.Errorf("loader %d is missing", i)
		}
		if load == nil {
			continue
		}
		g.Go(func() error {
			n, err := load(gctx)
			rows.Add(int64(n))
			return err
		})
	}
	return g.Wait()
}

// IngestFixed runs the loaders. Their progress is logged until they are done.
func IngestFixed(ctx context.Context, loaders []func(context.Context) (int, error), strict bool, log func(int)) error {
	var rows atomic.Int64
	g, gctx := errgroup.WithContext(context.WithoutCancel(ctx))
	go func() {
		<-gctx.Done()
		log(int(rows.Load()))
	}()
	defer g.Wait()
	for i, load := range loaders {
		if load == nil && strict {
			return fmt.Errorf("loader %d is missing", i)
		}
		if load == nil {
			continue
		}
		g.Go(func() error {
			n, err := load(gctx)
			rows.Add(int64(n))
			return err
		})
	}
	return g.Wait()
}
