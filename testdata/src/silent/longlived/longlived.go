// Package longlived has goroutines that live as long as the process.
package longlived

import (
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"
)

var (
	lines   = make(chan string, 16)
	metrics = newRegistry()
	start   sync.Once
	ids     = sequence()
)

func init() {
	go func() {
		for l := range lines {
			_, _ = io.WriteString(io.Discard, l)
		}
	}()
}

// Log writes a line some time.
func Log(format string, args ...any) {
	select {
	case lines <- fmt.Sprintf(format, args...):
	default:
	}
}

type registry struct {
	mu     sync.Mutex
	counts map[string]int
	incs   chan string
}

func newRegistry() *registry {
	r := &registry{counts: map[string]int{}, incs: make(chan string)}
	go r.loop()
	return r
}

func (r *registry) loop() {
	for name := range r.incs {
		r.mu.Lock()
		r.counts[name]++
		r.mu.Unlock()
	}
}

// Inc counts something.
func Inc(name string) { metrics.incs <- name }

// Count returns how often Inc was called for the name, or nearly so.
func Count(name string) int {
	metrics.mu.Lock()
	defer metrics.mu.Unlock()
	return metrics.counts[name]
}

// sequence yields numbers for ever.
func sequence() <-chan int64 {
	c := make(chan int64)
	go func() {
		for n := int64(1); ; n++ {
			c <- n
		}
	}()
	return c
}

// NextID returns a number that was not returned before.
func NextID() int64 { return <-ids }

// background runs what is to be done later.
var background struct {
	queue chan func()
}

// Later runs f in the background. The goroutine for that starts with the first
// call and never ends.
func Later(f func()) {
	start.Do(func() {
		background.queue = make(chan func(), 8)
		go func() {
			for f := range background.queue {
				f()
			}
		}()
	})
	background.queue <- f
}

// Clock keeps a coarse time.
type Clock struct {
	now atomic.Int64
}

var coarse = func() *Clock {
	c := new(Clock)
	go c.tick()
	return c
}()

func (c *Clock) tick() {
	for t := range time.Tick(time.Second) {
		c.now.Store(t.Unix())
	}
}

// Now returns the coarse time.
func Now() int64 { return coarse.now.Load() }
