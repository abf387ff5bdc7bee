package longlived

import (
	"sync/atomic"
	"time"
)

// Monitor looks at intervals until it is switched off.
type Monitor struct {
	on   atomic.Bool
	look func()
}

// NewMonitor returns a monitor that is off.
func NewMonitor(look func()) *Monitor { return &Monitor{look: look} }

// Start switches it on.
func (m *Monitor) Start(every time.Duration) {
	if m.on.Swap(true) {
		return
	}
	go func() {
		t := time.NewTicker(every)
		defer t.Stop()
		for m.on.Load() {
			<-t.C
			m.look()
		}
	}()
}

// Stop switches it off.
func (m *Monitor) Stop() { m.on.Store(false) }
