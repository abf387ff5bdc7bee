// Package timers waits for points in time.
package timers

import (
	"sync"
	"time"
)

// Debounce calls f when there was no event for a while. It ends when the
// events do.
func Debounce(events <-chan string, pause time.Duration, f func(string)) {
	timer := time.NewTimer(pause)
	timer.Stop()
	defer timer.Stop()
	last := ""
	for {
		select {
		case e, ok := <-events:
			if !ok {
				return
			}
			last = e
			timer.Reset(pause)
		case <-timer.C:
			f(last)
		}
	}
}

// Feed feeds Debounce.
func Feed(words []string, f func(string)) {
	events := make(chan string)
	done := make(chan struct{})
	go func() {
		defer close(done)
		Debounce(events, time.Millisecond, f)
	}()
	for _, w := range words {
		events <- w
	}
	close(events)
	<-done
}

// Every calls f at intervals until it returns false.
func Every(d time.Duration, f func() bool) {
	t := time.NewTicker(d)
	defer t.Stop()
	for range t.C {
		if !f() {
			return
		}
	}
}

// After waits for a function that a timer calls.
func After(d time.Duration, f func()) {
	done := make(chan struct{})
	time.AfterFunc(d, func() {
		defer close(done)
		f()
	})
	<-done
}

// Retry tries again, a little later each time.
func Retry(attempts int, f func() error) (err error) {
	pause := time.Millisecond
	for range attempts {
		if err = f(); err == nil {
			return nil
		}
		<-time.After(pause)
		pause *= 2
	}
	return err
}

// Heartbeat beats while work runs.
func Heartbeat(d time.Duration, beat func(), work func()) {
	quit := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		t := time.NewTicker(d)
		defer t.Stop()
		for {
			select {
			case <-t.C:
				beat()
			case <-quit:
				return
			}
		}
	})
	work()
	close(quit)
	wg.Wait()
}

// Deadline is extended as long as there is progress.
func Deadline(limit time.Duration, work func(progress func())) (ok bool) {
	expired := make(chan struct{})
	t := time.AfterFunc(limit, func() { close(expired) })
	done := make(chan struct{})
	go func() {
		defer close(done)
		work(func() {
			select {
			case <-expired:
			default:
				if t.Stop() {
					t.Reset(limit)
				}
			}
		})
	}()
	select {
	case <-done:
		t.Stop()
		return true
	case <-expired:
		return false
	}
}
