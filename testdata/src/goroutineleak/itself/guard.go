package itself

import (
	"sync"
	"time"
)

// Guard checks something at intervals and stops when it has failed too often.
type Guard struct {
	check func() error
	quit  chan struct{}
	done  chan struct{}
	once  sync.Once
	fails int
}

// NewGuard starts a guard.
func NewGuard(every time.Duration, tolerate int, check func() error) *Guard {
	g := &Guard{check: check, quit: make(chan struct{}), done: make(chan struct{})}
	go g.watch(every, tolerate)
	return g
}

func (g *Guard) watch(every time.Duration, tolerate int) {
	defer close(g.done)
	t := time.NewTicker(every)
	defer t.Stop()
	for {
		select {
		case <-g.quit:
			return
		case <-t.C:
			if err := g.check(); err == nil {
				continue
			}
			if g.fails++; g.fails > tolerate {
				g.Stop()
				return
			}
		}
	}
}

func (g *Guard) signal() { g.once.Do(func() { close(g.quit) }) }

// Stop ends the guard and waits for it.
func (g *Guard) Stop() {
	g.signal()
	<-g.done // want "receive from g.done blocks for ever"
}

// GuardFixed checks something at intervals and stops when it has failed too often.
type GuardFixed struct {
	check func() error
	quit  chan struct{}
	done  chan struct{}
	once  sync.Once
	fails int
}

// NewGuardFixed starts a guard.
func NewGuardFixed(every time.Duration, tolerate int, check func() error) *GuardFixed {
	g := &GuardFixed{check: check, quit: make(chan struct{}), done: make(chan struct{})}
	go g.watch(every, tolerate)
	return g
}

func (g *GuardFixed) watch(every time.Duration, tolerate int) {
	defer close(g.done)
	t := time.NewTicker(every)
	defer t.Stop()
	for {
		select {
		case <-g.quit:
			return
		case <-t.C:
			if err := g.check(); err == nil {
				continue
			}
			if g.fails++; g.fails > tolerate {
				g.signal()
				return
			}
		}
	}
}

func (g *GuardFixed) signal() { g.once.Do(func() { close(g.quit) }) }

// Stop ends the guard and waits for it.
func (g *GuardFixed) Stop() {
	g.signal()
	<-g.done
}
