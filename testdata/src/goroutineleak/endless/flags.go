package endless

import (
	"sync/atomic"
	"time"
)

var (
	polling atomic.Bool
	polled  atomic.Int64
)

// Poll begins to poll where nobody does, which the function that it returns makes
// come true again: that lets somebody else poll, and ends nobody who does.
func Poll() func() {
	if polling.CompareAndSwap(false, true) {
		go func() {
			for range time.Tick(time.Second) { // want "loop never ends when Poll returns at line 23: only time drives it"
				polled.Add(1)
			}
		}()
	}
	return func() { polling.Store(false) }
}

// PollFixed ends who polls.
func PollFixed() func() {
	if !polling.CompareAndSwap(false, true) {
		return func() {}
	}
	done := make(chan struct{})
	go func() {
		for {
			select {
			case <-time.After(time.Second):
				polled.Add(1)
			case <-done:
				return
			}
		}
	}()
	return func() {
		close(done)
		polling.Store(false)
	}
}
