package serviceloop

import (
	"context"
	"errors"
	"sync"
)

// ErrEnded tells that a loop has been closed.
var ErrEnded = errors.New("serviceloop: ended")

type job struct {
	run  func()
	done chan struct{}
}

// Loop runs functions one after the other, in a goroutine of its own.
type Loop struct {
	jobs chan job
	stop chan struct{}
	once sync.Once
}

// NewLoop starts a loop.
func NewLoop() *Loop {
	l := &Loop{jobs: make(chan job), stop: make(chan struct{})}
	go l.loop()
	return l
}

func (l *Loop) loop() {
	for {
		select {
		case j := <-l.jobs:
			j.run()
			close(j.done)
		case <-l.stop:
			return
		}
	}
}

// Close ends the loop.
func (l *Loop) Close() { l.once.Do(func() { close(l.stop) }) }

// Run has the loop run a function.
func (l *Loop) Run(ctx context.Context, run func()) error {
	j := job{run, make(chan struct{})}
	select { // want "select blocks until the caller cancels when Run and Close are called: nobody receives from l.jobs"
	case l.jobs <- j:
		<-j.done
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// LoopFixed runs functions one after the other, in a goroutine of its own.
type LoopFixed struct {
	jobs chan job
	stop chan struct{}
	once sync.Once
}

// NewLoopFixed starts a loop.
func NewLoopFixed() *LoopFixed {
	l := &LoopFixed{jobs: make(chan job), stop: make(chan struct{})}
	go l.loop()
	return l
}

func (l *LoopFixed) loop() {
	for {
		select {
		case j := <-l.jobs:
			j.run()
			close(j.done)
		case <-l.stop:
			return
		}
	}
}

// Close ends the loop.
func (l *LoopFixed) Close() { l.once.Do(func() { close(l.stop) }) }

// Run has the loop run a function.
func (l *LoopFixed) Run(ctx context.Context, run func()) error {
	j := job{run, make(chan struct{})}
	select {
	case l.jobs <- j:
		<-j.done
		return nil
	case <-l.stop:
		return ErrEnded
	case <-ctx.Done():
		return ctx.Err()
	}
}
