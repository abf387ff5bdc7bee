package lifecycle

import "sync"

// Gate lets workers in when it runs. Run waits for the end, so that nobody calls
// it twice in turn.
type Gate struct {
	open chan struct{}
	done chan struct{}
	once sync.Once
}

// NewGate returns one that is not open.
func NewGate() *Gate { return &Gate{open: make(chan struct{}), done: make(chan struct{})} }

// Run opens the gate until Stop is called.
func (g *Gate) Run() {
	g.unlock()
	<-g.done
}

func (g *Gate) unlock() {
	close(g.open) // contract "close of closed channel g.open panics"
}

// Enter waits until the gate is open.
func (g *Gate) Enter() { <-g.open }

// Stop ends Run.
func (g *Gate) Stop() { g.once.Do(func() { close(g.done) }) }

// GateFixed lets workers in when it runs.
type GateFixed struct {
	open  chan struct{}
	done  chan struct{}
	begin sync.Once
	once  sync.Once
}

// NewGateFixed returns one that is not open.
func NewGateFixed() *GateFixed {
	return &GateFixed{open: make(chan struct{}), done: make(chan struct{})}
}

// Run opens the gate until Stop is called.
func (g *GateFixed) Run() {
	g.begin.Do(func() { close(g.open) })
	<-g.done
}

// Enter waits until the gate is open.
func (g *GateFixed) Enter() { <-g.open }

// Stop ends Run.
func (g *GateFixed) Stop() { g.once.Do(func() { close(g.done) }) }
