package forgotten

import (
	"sync"
	"sync/atomic"
)

// Gate admits a number of visitors at a time.
type Gate struct {
	enter chan struct{}
	leave chan struct{}
	done  chan struct{}
}

// NewGate opens a gate.
func NewGate(limit int) *Gate {
	g := &Gate{make(chan struct{}), make(chan struct{}), make(chan struct{})}
	go func() {
		inside := 0
		for {
			enter := g.enter
			if inside == limit {
				enter = nil
			}
			select {
			case <-enter:
				inside++
			case <-g.leave:
				inside--
			case <-g.done:
				return
			}
		}
	}()
	return g
}

// Close closes the gate.
func (g *Gate) Close() { close(g.done) }

// Pass lets somebody visit.
func (g *Gate) Pass(visit func()) {
	select {
	case g.enter <- struct{}{}:
	case <-g.done:
		return
	}
	defer func() {
		select {
		case g.leave <- struct{}{}:
		case <-g.done:
		}
	}()
	visit()
}

// Count returns the number of visitors that did not panic.
func Count(visits []func()) (n int) {
	g := NewGate(2) // want "NewGate starts never ends: Close would end it"
	var wg sync.WaitGroup
	var calm atomic.Int64
	for _, v := range visits {
		wg.Go(func() {
			defer func() {
				if recover() == nil {
					calm.Add(1)
				}
			}()
			g.Pass(v)
		})
	}
	wg.Wait()
	return int(calm.Load())
}

// GateFixed admits a number of visitors at a time.
type GateFixed struct {
	enter chan struct{}
	leave chan struct{}
	done  chan struct{}
}

// NewGateFixed opens a gate.
func NewGateFixed(limit int) *GateFixed {
	g := &GateFixed{make(chan struct{}), make(chan struct{}), make(chan struct{})}
	go func() {
		inside := 0
		for {
			enter := g.enter
			if inside == limit {
				enter = nil
			}
			select {
			case <-enter:
				inside++
			case <-g.leave:
				inside--
			case <-g.done:
				return
			}
		}
	}()
	return g
}

// Close closes the gate.
func (g *GateFixed) Close() { close(g.done) }

// Pass lets somebody visit.
func (g *GateFixed) Pass(visit func()) {
	select {
	case g.enter <- struct{}{}:
	case <-g.done:
		return
	}
	defer func() {
		select {
		case g.leave <- struct{}{}:
		case <-g.done:
		}
	}()
	visit()
}

// CountFixed returns the number of visitors that did not panic.
func CountFixed(visits []func()) (n int) {
	g := NewGateFixed(2)
	defer g.Close()
	var wg sync.WaitGroup
	var calm atomic.Int64
	for _, v := range visits {
		wg.Go(func() {
			defer func() {
				if recover() == nil {
					calm.Add(1)
				}
			}()
			g.Pass(v)
		})
	}
	wg.Wait()
	return int(calm.Load())
}
