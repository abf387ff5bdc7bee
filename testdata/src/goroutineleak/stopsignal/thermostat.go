package stopsignal

import (
	"sync/atomic"
	"time"
)

// Thermostat reads a sensor from time to time, or when it is asked to.
type Thermostat struct {
	read    func() float64
	last    atomic.Value
	now     chan struct{}
	quit    chan struct{}
	stopped atomic.Bool
}

// NewThermostat starts a thermostat.
func NewThermostat(every time.Duration, read func() float64) *Thermostat {
	t := &Thermostat{read: read, now: make(chan struct{}, 1), quit: make(chan struct{})}
	go t.run(every)
	return t
}

func (t *Thermostat) run(every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select { // want `loop never ends: nothing sends on t.quit or closes it, and there is no other way out`
		case <-tick.C:
			t.last.Store(t.read())
		case <-t.now:
			t.last.Store(t.read())
		case <-t.quit:
			return
		}
	}
}

// Now asks for a reading.
func (t *Thermostat) Now() {
	select {
	case t.now <- struct{}{}:
	default:
	}
}

// Stop ends the thermostat.
func (t *Thermostat) Stop() { t.stopped.Store(true) }

// ThermostatFixed reads a sensor from time to time, or when it is asked to.
type ThermostatFixed struct {
	read    func() float64
	last    atomic.Value
	now     chan struct{}
	quit    chan struct{}
	stopped atomic.Bool
}

// NewThermostatFixed starts a thermostat.
func NewThermostatFixed(every time.Duration, read func() float64) *ThermostatFixed {
	t := &ThermostatFixed{read: read, now: make(chan struct{}, 1), quit: make(chan struct{})}
	go t.run(every)
	return t
}

func (t *ThermostatFixed) run(every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			t.last.Store(t.read())
		case <-t.now:
			t.last.Store(t.read())
		case <-t.quit:
			return
		}
	}
}

// Now asks for a reading.
func (t *ThermostatFixed) Now() {
	select {
	case t.now <- struct{}{}:
	default:
	}
}

// Stop ends the thermostat.
func (t *ThermostatFixed) Stop() {
	if t.stopped.CompareAndSwap(false, true) {
		close(t.quit)
	}
}
