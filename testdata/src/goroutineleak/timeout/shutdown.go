package timeout

import (
	"context"
	"time"
)

// A Component is a part of the process that takes its time to stop.
type Component interface {
	Name() string
	Stop() error
}

// Shutdown stops the components in turn, granting each of them the same time.
func Shutdown(parts []Component, grace time.Duration, warn func(string, error)) {
	for i := len(parts) - 1; i >= 0; i-- {
		part := parts[i]
		stopped := make(chan error)
		go func() {
			stopped <- part.Stop() // want "send on stopped blocks for ever"
		}()
		select {
		case err := <-stopped:
			if err != nil {
				warn(part.Name(), err)
			}
		case <-time.After(grace):
			warn(part.Name(), context.DeadlineExceeded)
		}
	}
}

// ShutdownFixed stops the components in turn, granting each of them the same time.
func ShutdownFixed(parts []Component, grace time.Duration, warn func(string, error)) {
	for i := len(parts) - 1; i >= 0; i-- {
		part := parts[i]
		stopped := make(chan error, 1)
		go func() {
			stopped <- part.Stop()
		}()
		select {
		case err := <-stopped:
			if err != nil {
				warn(part.Name(), err)
			}
		case <-time.After(grace):
			warn(part.Name(), context.DeadlineExceeded)
		}
	}
}
