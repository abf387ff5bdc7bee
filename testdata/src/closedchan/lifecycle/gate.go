package lifecycle

// Gate lets workers in when it runs. Run waits for the end, so that nobody calls
// it twice in turn.
type Gate struct {
	open chan struct{}
	done chan struct{}
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
func (g *Gate) Stop() {
	select {
	case <-g.done:
	default:
		close(g.done) // want "close of closed channel g.done panics when Stop is called twice"
	}
}
