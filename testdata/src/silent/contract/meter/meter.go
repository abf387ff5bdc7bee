// Package meter shows how far some work has come.
package meter

import "time"

// A Meter shows at intervals what it is told to show. One owner calls its methods.
type Meter struct {
	quit chan struct{}
	gone chan struct{}
}

// New starts a meter.
func New(every time.Duration, show func()) *Meter {
	m := &Meter{make(chan struct{}), make(chan struct{})}
	go m.run(every, show)
	return m
}

func (m *Meter) run(every time.Duration, show func()) {
	defer close(m.gone)
	for {
		select {
		case <-time.After(every):
			show()
		case <-m.quit:
			return
		}
	}
}

// Done ends the meter. Later calls do nothing.
func (m *Meter) Done() {
	if m == nil || m.quit == nil {
		return
	}
	close(m.quit)
	<-m.gone
	m.quit = nil
}
