package exchange

import (
	"sync"
	"time"
)

// Pump moves water in the background.
type Pump struct {
	mu      sync.Mutex
	started bool
	quit    chan struct{}
	done    chan struct{}
	once    sync.Once
}

// NewPump returns a pump that is off.
func NewPump() *Pump {
	return &Pump{quit: make(chan struct{}), done: make(chan struct{})}
}

// Start switches the pump on.
func (p *Pump) Start(stroke func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.started {
		return
	}
	p.started = true
	go func() {
		defer close(p.done)
		for {
			select {
			case <-p.quit:
				return
			default:
				stroke()
			}
		}
	}()
}

// Stop switches the pump off and waits until it is.
func (p *Pump) Stop() {
	p.once.Do(func() { close(p.quit) })
	<-p.done // want "receive from p.done blocks for ever"
}

// Drain pumps while there is water.
func Drain(level func() int, stroke func()) {
	p := NewPump()
	if level() > 0 {
		p.Start(stroke)
	}
	for level() > 0 {
		time.Sleep(time.Millisecond)
	}
	p.Stop()
}

// PumpFixed moves water in the background.
type PumpFixed struct {
	mu      sync.Mutex
	started bool
	quit    chan struct{}
	done    chan struct{}
	once    sync.Once
}

// NewPumpFixed returns a pump that is off.
func NewPumpFixed() *PumpFixed {
	return &PumpFixed{quit: make(chan struct{}), done: make(chan struct{})}
}

// Start switches the pump on.
func (p *PumpFixed) Start(stroke func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.started {
		return
	}
	p.started = true
	go func() {
		defer close(p.done)
		for {
			select {
			case <-p.quit:
				return
			default:
				stroke()
			}
		}
	}()
}

// Stop switches the pump off and waits until it is.
func (p *PumpFixed) Stop() {
	p.once.Do(func() { close(p.quit) })
	p.mu.Lock()
	started := p.started
	p.mu.Unlock()
	if started {
		<-p.done
	}
}

// DrainFixed pumps while there is water.
func DrainFixed(level func() int, stroke func()) {
	p := NewPumpFixed()
	if level() > 0 {
		p.Start(stroke)
	}
	for level() > 0 {
		time.Sleep(time.Millisecond)
	}
	p.Stop()
}
