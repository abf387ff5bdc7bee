package collect

import (
	"context"
	"fmt"
)

// Check asks all endpoints and reports the first that is not healthy.
func Check(ctx context.Context, endpoints []string, probe func(context.Context, string) error) error {
	results := make(chan error)
	for i := 0; i < len(endpoints); i++ {
		go func(url string) {
			err := probe(ctx, url)
			if err != nil {
				err = fmt.Errorf("%s: %w", url, err)
			}
			results <- err // want "send on results blocks for ever"
		}(endpoints[i])
	}
	for i := 0; i < len(endpoints); i++ {
		select {
		case err := <-results:
			if err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// CheckFixed asks all endpoints and reports the first that is not healthy.
func CheckFixed(ctx context.Context, endpoints []string, probe func(context.Context, string) error) error {
	results := make(chan error, len(endpoints))
	for i := 0; i < len(endpoints); i++ {
		go func(url string) {
			err := probe(ctx, url)
			if err != nil {
				err = fmt.Errorf("%s: %w", url, err)
			}
			results <- err
		}(endpoints[i])
	}
	for i := 0; i < len(endpoints); i++ {
		select {
		case err := <-results:
			if err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}
