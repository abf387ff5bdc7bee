package endless

import "time"

// start calls beat at intervals until stop is called.
func start(every time.Duration, beat func()) (stop func()) {
	done := make(chan struct{})
	go func() {
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				beat()
			case <-done: // want "receive from done succeeds at once for ever"
				break
			}
		}
	}()
	return func() { close(done) }
}

// Pulse calls beat at intervals while the work is under way.
func Pulse(every time.Duration, beat func(), work func() error) error {
	stop := start(every, beat)
	defer stop()
	return work()
}

// startFixed calls beat at intervals until stop is called.
func startFixed(every time.Duration, beat func()) (stop func()) {
	done := make(chan struct{})
	go func() {
		tick := time.NewTicker(every)
		defer tick.Stop()
	beats:
		for {
			select {
			case <-tick.C:
				beat()
			case <-done:
				break beats
			}
		}
	}()
	return func() { close(done) }
}

// PulseFixed calls beat at intervals while the work is under way.
func PulseFixed(every time.Duration, beat func(), work func() error) error {
	stop := startFixed(every, beat)
	defer stop()
	return work()
}
