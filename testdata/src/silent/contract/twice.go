package contract

import "sync"

// Lamps are lit and put out, each in its turn: who lights one that is lit already
// gets what he has asked for.
type Lamps struct {
	mu  sync.Mutex
	wg  sync.WaitGroup
	lit chan struct{}
}

// NewLamps makes lamps that are out.
func NewLamps() *Lamps { return &Lamps{} }

// Start lights the lamps.
func (l *Lamps) Start() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lit = make(chan struct{})
	l.wg.Add(1)
	go func(lit chan struct{}) {
		defer l.wg.Done()
		<-lit
	}(l.lit)
}

// Stop puts them out.
func (l *Lamps) Stop() {
	l.mu.Lock()
	if l.lit != nil {
		close(l.lit)
		l.lit = nil
	}
	l.mu.Unlock()
	l.wg.Wait()
}
