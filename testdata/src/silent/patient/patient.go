// Package patient has functions that go on until their context ends, as they are
// meant to.
package patient

import (
	"context"
	"sync"
)

// Generate leaves it to its caller to end what it starts.
func Generate(ctx context.Context) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := 0; ; i++ {
			select {
			case out <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// Serve handles what comes until the context ends.
func Serve(ctx context.Context, handle func(string) error, lines func() string) {
	in := make(chan string)
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			select {
			case in <- lines():
			case <-ctx.Done():
				return
			}
		}
	})
	wg.Go(func() {
		for {
			select {
			case s := <-in:
				handle(s)
			case <-ctx.Done():
				return
			}
		}
	})
	wg.Wait()
}

// Watch waits for the first error, which may never come.
func Watch(ctx context.Context, checks ...func() error) error {
	errs := make(chan error, len(checks))
	for _, c := range checks {
		go func() {
			if err := c(); err != nil {
				errs <- err
			}
		}()
	}
	select {
	case err := <-errs:
		return err
	case <-ctx.Done():
		return nil
	}
}

// Pump ends its feeder by a context of its own.
func Pump(ctx context.Context, feed func() int, take func(int) bool) {
	ctx, cancel := context.WithCancel(ctx)
	in := make(chan int)
	var wg sync.WaitGroup
	wg.Go(func() {
		defer close(in)
		for {
			select {
			case in <- feed():
			case <-ctx.Done():
				return
			}
		}
	})
	for v := range in {
		if !take(v) {
			break
		}
	}
	cancel()
	wg.Wait()
}
