package endless

import (
	"context"
	"errors"
	"time"
)

// Monitor watches a value until the context ends, and calls alert when the
// value is too high.
func Monitor(ctx context.Context, read func() float64, limit float64, alert func(float64)) {
	sample := func() {
		if v := read(); v > limit {
			alert(v)
		}
	}
	go func() {
		timer := time.NewTimer(time.Second)
		defer timer.Stop()
		for {
			select {
			case <-timer.C:
				sample()
				timer.Reset(time.Second)
			case <-ctx.Done(): // want "receive from ctx.Done.* succeeds at once for ever"
				if errors.Is(ctx.Err(), context.Canceled) {
					sample()
				}
				continue
			}
		}
	}()
}

// MonitorFixed watches a value until the context ends, and calls alert when the
// value is too high.
func MonitorFixed(ctx context.Context, read func() float64, limit float64, alert func(float64)) {
	sample := func() {
		if v := read(); v > limit {
			alert(v)
		}
	}
	go func() {
		timer := time.NewTimer(time.Second)
		defer timer.Stop()
		for {
			select {
			case <-timer.C:
				sample()
				timer.Reset(time.Second)
			case <-ctx.Done():
				if errors.Is(ctx.Err(), context.Canceled) {
					sample()
				}
				return
			}
		}
	}()
}
