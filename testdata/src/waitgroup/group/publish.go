package group

import "golang.org/x/sync/errgroup"

// Publish runs the steps at the same time, and announce when all are done.
func Publish(steps []func() error, announce func() error) error {
	var g errgroup.Group
	for _, s := range steps {
		g.Go(s)
	}
	g.Go(func() error {
		if err := g.Wait(); err != nil { // want "g.Wait blocks for ever"
			return err
		}
		return announce()
	})
	return g.Wait()
}

// PublishFixed runs the steps at the same time, and announce when all are done.
func PublishFixed(steps []func() error, announce func() error) error {
	var g errgroup.Group
	for _, s := range steps {
		g.Go(s)
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return announce()
}
