// Package nevermade has gates that open once.
package nevermade

import "sync"

// Gate holds callers back until it is opened.
type Gate struct {
	once  sync.Once
	ready chan struct{}
	tasks []func()
}

// NewGate returns a gate for tasks.
func NewGate(tasks ...func()) *Gate { return &Gate{tasks: tasks} }

// Open opens the gate.
func (g *Gate) Open() {
	g.once.Do(func() {
		for _, f := range g.tasks {
			f()
		}
		close(g.ready) // want `close of nil channel g.ready panics`
	})
}

// GateFixed holds callers back until it is opened.
type GateFixed struct {
	once  sync.Once
	ready chan struct{}
	tasks []func()
}

// NewGateFixed returns a gate for tasks.
func NewGateFixed(tasks ...func()) *GateFixed {
	return &GateFixed{tasks: tasks, ready: make(chan struct{})}
}

// Open opens the gate.
func (g *GateFixed) Open() {
	g.once.Do(func() {
		for _, f := range g.tasks {
			f()
		}
		close(g.ready)
	})
}

// Passed tells whether the gate is open.
func (g *GateFixed) Passed() bool {
	select {
	case <-g.ready:
		return true
	default:
		return false
	}
}
