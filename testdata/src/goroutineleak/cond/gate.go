package cond

import "sync"

// Gate is shut and opened by some and passed by others.
type Gate struct {
	sync.Mutex
	opened sync.Cond
	open   bool
	passed int
}

// NewGate returns a gate that is shut.
func NewGate() *Gate {
	g := new(Gate)
	g.opened.L = g
	return g
}

// Pass waits until the gate is open.
func (g *Gate) Pass() {
	g.Lock()
	defer g.Unlock()
	for !g.open {
		g.opened.Wait() // want "g.opened.Wait blocks for ever"
	}
	g.passed++
}

// Set opens or shuts the gate.
func (g *Gate) Set(open bool) {
	g.Lock()
	defer g.Unlock()
	if g.open && open {
		g.opened.Broadcast()
	}
	g.open = open
}

// Crowd lets n pass a gate after a while.
func Crowd(n int, wait func()) int {
	g := NewGate()
	var wg sync.WaitGroup
	for range n {
		wg.Go(g.Pass)
	}
	wait()
	g.Set(true)
	wg.Wait()
	return g.passed
}

// GateFixed is shut and opened by some and passed by others.
type GateFixed struct {
	sync.Mutex
	opened sync.Cond
	open   bool
	passed int
}

// NewGateFixed returns a gate that is shut.
func NewGateFixed() *GateFixed {
	g := new(GateFixed)
	g.opened.L = g
	return g
}

// Pass waits until the gate is open.
func (g *GateFixed) Pass() {
	g.Lock()
	defer g.Unlock()
	for !g.open {
		g.opened.Wait()
	}
	g.passed++
}

// Set opens or shuts the gate.
func (g *GateFixed) Set(open bool) {
	g.Lock()
	defer g.Unlock()
	g.open = open
	if open {
		g.opened.Broadcast()
	}
}

// CrowdFixed lets n pass a gate after a while.
func CrowdFixed(n int, wait func()) int {
	g := NewGateFixed()
	var wg sync.WaitGroup
	for range n {
		wg.Go(g.Pass)
	}
	wait()
	g.Set(true)
	wg.Wait()
	return g.passed
}
