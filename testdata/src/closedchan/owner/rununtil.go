package owner

import (
	"context"
	"fmt"
	"sync"
)

// RunUntil runs a service until it ends, or ctx does.
func RunUntil(ctx context.Context, service func(quit <-chan struct{}) error) error {
	quit := make(chan struct{})
	stop := func() {
		close(quit) // want "close of closed channel quit"
	}
	watched := make(chan struct{})
	ended := make(chan struct{})
	go func() {
		defer close(watched)
		select {
		case <-ctx.Done():
			stop()
		case <-ended:
		}
	}()
	err := service(quit)
	close(ended)
	<-watched
	stop()
	if err != nil {
		return fmt.Errorf("service: %w", err)
	}
	return nil
}

// RunUntilFixed runs a service until it ends, or ctx does.
func RunUntilFixed(ctx context.Context, service func(quit <-chan struct{}) error) error {
	quit := make(chan struct{})
	stop := sync.OnceFunc(func() {
		close(quit)
	})
	watched := make(chan struct{})
	ended := make(chan struct{})
	go func() {
		defer close(watched)
		select {
		case <-ctx.Done():
			stop()
		case <-ended:
		}
	}()
	err := service(quit)
	close(ended)
	<-watched
	stop()
	if err != nil {
		return fmt.Errorf("service: %w", err)
	}
	return nil
}
