package timeout

import (
	"context"
	"fmt"
	"time"
)

// Resolver asks a name server.
type Resolver interface {
	Addrs(host string) ([]string, error)
}

// Lookup asks the resolver again until it answers in time.
func Lookup(ctx context.Context, r Resolver, host string, attempts int) ([]string, error) {
	var last error
	for range attempts {
		attempt, cancel := context.WithTimeout(ctx, time.Second)
		addrs := make(chan []string)
		failures := make(chan error, 1)
		go func() {
			found, err := r.Addrs(host)
			if err != nil {
				failures <- err
				return
			}
			addrs <- found // want "send on addrs blocks for ever"
		}()
		select {
		case found := <-addrs:
			cancel()
			return found, nil
		case last = <-failures:
		case <-attempt.Done():
			last = attempt.Err()
		}
		cancel()
	}
	return nil, fmt.Errorf("lookup %s: %w", host, last)
}

// LookupFixed asks the resolver again until it answers in time.
func LookupFixed(ctx context.Context, r Resolver, host string, attempts int) ([]string, error) {
	var last error
	for range attempts {
		attempt, cancel := context.WithTimeout(ctx, time.Second)
		addrs := make(chan []string)
		failures := make(chan error, 1)
		go func() {
			found, err := r.Addrs(host)
			if err != nil {
				failures <- err
				return
			}
			select {
			case addrs <- found:
			case <-attempt.Done():
			}
		}()
		select {
		case found := <-addrs:
			cancel()
			return found, nil
		case last = <-failures:
		case <-attempt.Done():
			last = attempt.Err()
		}
		cancel()
	}
	return nil, fmt.Errorf("lookup %s: %w", host, last)
}
