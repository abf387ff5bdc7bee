package contract

import (
	"sync/atomic"
	"time"

	"example.com/corpus/silent/contract/meter"
)

// A Download counts what has come, and shows it by a meter that is part of it.
type Download struct {
	meter meter.Meter
	sum   atomic.Int64
}

// NewDownload begins a download.
func NewDownload(every time.Duration, show func(int64)) *Download {
	d := new(Download)
	d.meter = *meter.New(every, func() { show(d.sum.Load()) })
	return d
}

// Add counts. It may be called by many.
func (d *Download) Add(n int64) { d.sum.Add(n) }

// Finish ends the download.
func (d *Download) Finish() { d.meter.Done() }

// A bell rings until it is turned off.
type bell struct{ off, gone chan struct{} }

func newBell(every time.Duration, ring func()) *bell {
	b := &bell{make(chan struct{}), make(chan struct{})}
	go func() {
		defer close(b.gone)
		for {
			select {
			case <-time.After(every):
				ring()
			case <-b.off:
				return
			}
		}
	}()
	return b
}

func (b *bell) turnOff() {
	if b.off == nil {
		return
	}
	close(b.off)
	<-b.gone
	b.off = nil
}

// An Alarm has a bell.
type Alarm struct{ bell *bell }

// NewAlarm begins to ring.
func NewAlarm(every time.Duration, ring func()) *Alarm { return &Alarm{newBell(every, ring)} }

// Stop ends it.
func (a *Alarm) Stop() { a.bell.turnOff() }
