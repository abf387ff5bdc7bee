package underlock

import (
	"sync"
	"time"
)

// Ticker calls a function at intervals until it is closed.
type Ticker struct {
	mu    sync.Mutex
	count int
	quit  chan struct{}
	done  chan struct{}
}

// NewTicker begins to call f.
func NewTicker(d time.Duration, f func(n int)) *Ticker {
	t := &Ticker{quit: make(chan struct{}), done: make(chan struct{})}
	go t.loop(d, f)
	return t
}

func (t *Ticker) loop(d time.Duration, f func(n int)) {
	defer close(t.done)
	for {
		select {
		case <-t.quit:
			return
		case <-time.After(d):
		}
		t.mu.Lock()
		t.count++
		n := t.count
		t.mu.Unlock()
		f(n)
	}
}

// Close ends the ticker and waits for the function to return.
func (t *Ticker) Close() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	select {
	case <-t.quit:
	default:
		close(t.quit)
	}
	<-t.done // want `receive from t\.done under t\.mu blocks for ever`
	return t.count
}

// TickerFixed calls a function at intervals until it is closed.
type TickerFixed struct {
	mu    sync.Mutex
	count int
	quit  chan struct{}
	done  chan struct{}
}

// NewTickerFixed begins to call f.
func NewTickerFixed(d time.Duration, f func(n int)) *TickerFixed {
	t := &TickerFixed{quit: make(chan struct{}), done: make(chan struct{})}
	go t.loop(d, f)
	return t
}

func (t *TickerFixed) loop(d time.Duration, f func(n int)) {
	defer close(t.done)
	for {
		select {
		case <-t.quit:
			return
		case <-time.After(d):
		}
		t.mu.Lock()
		t.count++
		n := t.count
		t.mu.Unlock()
		f(n)
	}
}

// Close ends the ticker and waits for the function to return.
func (t *TickerFixed) Close() int {
	t.mu.Lock()
	select {
	case <-t.quit:
	default:
		close(t.quit)
	}
	t.mu.Unlock()
	<-t.done
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.count
}
