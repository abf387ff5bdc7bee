// Package gauge reads a measure again and again, until it is told to stop.
package gauge

import (
	"errors"
	"sync"
	"time"
)

// Gauge is a measure that is read in the background.
type Gauge struct {
	every time.Duration
	read  func() float64

	mu   sync.Mutex
	last float64

	stop chan struct{}
	done chan struct{}
}

// Options say how a gauge is read.
type Options struct {
	Every   time.Duration
	OnValue func(float64)
}

// Start starts to read. The gauge must be closed.
func Start(read func() float64, every time.Duration) *Gauge {
	g := &Gauge{every: every, read: read, stop: make(chan struct{}), done: make(chan struct{})}
	go g.loop()
	return g
}

func (g *Gauge) loop() {
	defer close(g.done)
	for {
		v := g.read()
		g.mu.Lock()
		g.last = v
		g.mu.Unlock()
		select {
		case <-g.stop:
			return
		case <-time.After(g.every):
		}
	}
}

// Last returns the value that was read last.
func (g *Gauge) Last() float64 {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.last
}

// Close stops the reading.
func (g *Gauge) Close() error {
	close(g.stop)
	<-g.done
	return nil
}

// Recorder keeps what it is given.
type Recorder struct {
	values chan float64
	quit   chan struct{}
}

// Record starts a recorder. It must be closed, unless there is an error.
func Record(o Options) (*Recorder, error) {
	if o.OnValue == nil {
		return nil, errors.New("gauge: nobody to tell")
	}
	r := &Recorder{values: make(chan float64), quit: make(chan struct{})}
	go func() {
		for {
			select {
			case v := <-r.values:
				o.OnValue(v)
			case <-r.quit:
				return
			}
		}
	}()
	return r, nil
}

// Put records a value.
func (r *Recorder) Put(v float64) { r.values <- v } // also deadlock "send on r.values blocks for ever"

// Close ends the recorder.
func (r *Recorder) Close() { close(r.quit) }
