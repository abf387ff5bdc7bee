// Package times shows what becomes of goroutines that wait for time.
package times

import "time"

func After(c <-chan int) (int, bool) {
	select {
	case v := <-c:
		return v, true
	case <-time.After(time.Second):
		return 0, false
	}
}

// Drain is how a timer was stopped before Go 1.23.
func Drain() {
	t := time.NewTimer(time.Second)
	if !t.Stop() {
		<-t.C
	}
}

// Stopped waits for a timer that it has stopped.
func Stopped() {
	t := time.NewTimer(time.Second)
	if t.Stop() {
		<-t.C // stuck: Stopped
	}
}

// Rearmed waits for a timer that it has armed again.
func Rearmed() {
	t := time.NewTimer(time.Hour)
	t.Stop()
	t.Reset(time.Second)
	<-t.C
}

// Range goes on after its ticker was stopped: Stop does not close.
func Range(tick func()) {
	t := time.NewTicker(time.Second)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range t.C { // stuck: Range
			tick()
		}
	}()
	t.Stop()
}

// RangeUntil ends its loop by a channel of its own.
func RangeUntil(tick func()) (stop func()) {
	t := time.NewTicker(time.Second)
	quit := make(chan struct{})
	go func() {
		defer t.Stop()
		for {
			select {
			case <-t.C:
				tick()
			case <-quit:
				return
			}
		}
	}()
	return func() { close(quit) }
}

// Wake is woken by AfterFunc.
func Wake() {
	c := make(chan struct{})
	t := time.AfterFunc(time.Second, func() { close(c) })
	defer t.Stop()
	<-c
}

// StopThenWait stops its AfterFunc in time and waits all the same.
func StopThenWait() {
	c := make(chan struct{})
	t := time.AfterFunc(time.Second, func() { close(c) })
	if t.Stop() {
		<-c // stuck: StopThenWait
	}
}

// NilChannel waits for the channel of an AfterFunc, which is nil.
func NilChannel() {
	t := time.AfterFunc(time.Second, func() {})
	<-t.C // stuck: NilChannel
}

// Poll lets another goroutine set what it looks at.
func Poll(set func() bool) {
	done := make(chan struct{})
	go func() {
		for !set() {
			time.Sleep(time.Second)
		}
		close(done)
	}()
	<-done
}
