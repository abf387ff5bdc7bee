// Package fields has channels in fields of which not all that happens to them
// stands beside the wait.
package fields

import (
	"context"
	"sync"
	"time"
)

// Lent passes its channel on: who gets it closes it.
type Lent struct{ done chan struct{} }

// Run runs f and waits for its signal.
func Run(f func(done chan struct{})) {
	l := &Lent{done: make(chan struct{})}
	go f(l.done)
	<-l.done
}

// Told gets its channel from outside.
type Told struct{ stop <-chan struct{} }

// Follow waits until stop is closed.
func Follow(stop <-chan struct{}) { <-(&Told{stop}).stop }

// Shown returns its channel.
type Shown struct{ ended chan struct{} }

// NewShown returns one.
func NewShown() *Shown { return &Shown{ended: make(chan struct{})} }

// Ended is closed by whoever ends it.
func (s *Shown) Ended() chan struct{} { return s.ended }

// Wait waits for the end.
func (s *Shown) Wait() { <-s.ended }

// Kept closes its channel by way of a variable.
type Kept struct {
	mu   sync.Mutex
	idle chan struct{}
}

// Idle waits until nobody works.
func (k *Kept) Idle() {
	k.mu.Lock()
	if k.idle == nil {
		k.idle = make(chan struct{})
	}
	idle := k.idle
	k.mu.Unlock()
	<-idle
}

// Rest says that nobody works.
func (k *Kept) Rest() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if idle := k.idle; idle != nil {
		close(idle)
		k.idle = nil
	}
}

// Optional has a channel that some make.
type Optional struct{ gate chan struct{} }

// Pass waits at the gate, if there is one.
func (o *Optional) Pass() {
	if o.gate != nil {
		<-o.gate
	}
}

// Timed has a case that nobody serves yet beside others that end the loop.
type Timed struct{ reload chan string }

// Loop polls until ctx ends.
func (t *Timed) Loop(ctx context.Context, poll func()) {
	t.reload = make(chan string)
	for {
		select {
		case <-t.reload:
			return
		case <-ctx.Done():
			return
		case <-time.After(time.Millisecond):
			poll()
		}
	}
}

// Pair is converted to another type, whose field is closed.
type Pair struct {
	n    int
	done chan struct{}
}

type pair struct {
	n    int
	done chan struct{}
}

// Both closes one and waits for the other, which is the same.
func Both() int {
	p := &Pair{n: 1, done: make(chan struct{})}
	q := (*pair)(p)
	close(q.done)
	<-p.done
	return q.n
}

// Listed is made without keys.
type Listed struct {
	in, out chan int
}

// Swap sends and receives through two names of two channels.
func Swap(n int) int {
	a, b := make(chan int, 1), make(chan int, 1)
	l := Listed{a, b}
	a <- n
	b <- <-l.in
	return <-l.out
}
