package locks

import (
	"context"
	"sync"

	"golang.org/x/sync/errgroup"
)

// container waits for its processes, each of which is a group of its own.
type container struct {
	mu     sync.Mutex
	closed bool
	all    *errgroup.Group
	cancel context.CancelFunc
}

func newContainer() *container {
	ctx, cancel := context.WithCancel(context.Background())
	all, _ := errgroup.WithContext(ctx)
	return &container{all: all, cancel: cancel}
}

func (c *container) start(run func() error) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return false
	}
	var process errgroup.Group
	process.Go(run)
	c.all.Go(process.Wait)
	return true
}

func (c *container) release() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = true
	c.cancel()
	return c.all.Wait()
}
