package endless

import (
	"sync"
	"time"
)

// Probes look at things every minute.
type Probes struct {
	mu  sync.Mutex
	all map[string]*probe
}

type probe struct {
	look func()
	stop chan struct{}
}

// NewProbes returns none.
func NewProbes() *Probes { return &Probes{all: map[string]*probe{}} }

// Add looks at one more thing, in place of what had its name.
func (p *Probes) Add(name string, look func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if old := p.all[name]; old != nil {
		close(old.stop)
	}
	n := &probe{look, make(chan struct{})}
	p.all[name] = n
	go n.run()
}

func (p *probe) run() {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for { // want "loop never ends when Add and Remove are called: only time drives it"
		select {
		case <-tick.C:
			p.look()
		case <-p.stop:
			return
		}
	}
}

// Remove forgets a probe without an end to it.
func (p *Probes) Remove(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.all, name)
}

// Close ends all probes.
func (p *Probes) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for name, one := range p.all {
		close(one.stop)
		delete(p.all, name)
	}
}

// ProbesFixed look at things every minute.
type ProbesFixed struct {
	mu  sync.Mutex
	all map[string]*probeFixed
}

type probeFixed struct {
	look func()
	stop chan struct{}
}

// NewProbesFixed returns none.
func NewProbesFixed() *ProbesFixed { return &ProbesFixed{all: map[string]*probeFixed{}} }

// Add looks at one more thing, in place of what had its name.
func (p *ProbesFixed) Add(name string, look func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if old := p.all[name]; old != nil {
		close(old.stop)
	}
	n := &probeFixed{look, make(chan struct{})}
	p.all[name] = n
	go n.run()
}

func (p *probeFixed) run() {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			p.look()
		case <-p.stop:
			return
		}
	}
}

// Remove ends a probe.
func (p *ProbesFixed) Remove(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if old := p.all[name]; old != nil {
		close(old.stop)
		delete(p.all, name)
	}
}

// Close ends all probes.
func (p *ProbesFixed) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for name, one := range p.all {
		close(one.stop)
		delete(p.all, name)
	}
}
