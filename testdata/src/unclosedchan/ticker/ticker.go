// Package ticker stops tickers that goroutines range over.
package ticker

import (
	"sync"
	"time"
)

// limiter looks at intervals how much is in use.
type limiter struct {
	mu     sync.Mutex
	users  int
	ticker *time.Ticker
	every  time.Duration
	check  func()
}

func (l *limiter) start() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.users++; l.users > 1 {
		return
	}
	l.ticker = time.NewTicker(l.every)
	ticks := l
	go func() {
		for range ticks.ticker.C { // want "range over ticks.ticker.C never ends"
			ticks.check()
		}
	}()
}

func (l *limiter) stop() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.users--; l.users == 0 {
		l.ticker.Stop()
	}
}

var (
	mu       sync.Mutex
	limiters = map[string]*limiter{}
)

// Acquire has the limit of a name checked until it is released.
func Acquire(name string, every time.Duration, check func()) {
	mu.Lock()
	defer mu.Unlock()
	l := limiters[name]
	if l == nil {
		l = &limiter{every: every, check: check}
		limiters[name] = l
	}
	l.start()
}

// Release ends what Acquire started.
func Release(name string) {
	mu.Lock()
	defer mu.Unlock()
	if l := limiters[name]; l != nil {
		l.stop()
	}
}

// Every calls f at intervals until stop is called.
func Every(d time.Duration, f func()) (stop func()) {
	t := time.NewTicker(d)
	go func() {
		for range t.C { // want "range over t.C never ends"
			f()
		}
	}()
	return t.Stop
}
