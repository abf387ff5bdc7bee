// Package ticks waits for the ticks of tickers that are stopped.
package ticks

import "time"

// Loop calls f at intervals.
type Loop struct {
	t *time.Ticker
	f func()
}

// NewLoop returns a loop.
func NewLoop(d time.Duration, f func()) *Loop { return &Loop{t: time.NewTicker(d), f: f} }

// Start lets the loop run until Stop is called.
func (l *Loop) Start() {
	go func() {
		for {
			select {
			case <-l.t.C: // want "receive from l.t.C blocks for ever"
				l.f()
			}
		}
	}()
}

// Stop ends the loop.
func (l *Loop) Stop() { l.t.Stop() }

// LoopFixed calls f at intervals.
type LoopFixed struct {
	t    *time.Ticker
	done chan struct{}
	f    func()
}

// NewLoopFixed returns a loop.
func NewLoopFixed(d time.Duration, f func()) *LoopFixed {
	return &LoopFixed{t: time.NewTicker(d), done: make(chan struct{}, 1), f: f}
}

// Start lets the loop run until Stop is called.
func (l *LoopFixed) Start() {
	go func() {
		for {
			select {
			case <-l.t.C:
				l.f()
			case <-l.done:
				return
			}
		}
	}()
}

// Stop ends the loop.
func (l *LoopFixed) Stop() {
	l.t.Stop()
	select {
	case l.done <- struct{}{}:
	default:
	}
}
