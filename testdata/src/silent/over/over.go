// Package over looks more than once whether something is over: once it is, it
// stays so.
package over

import (
	"context"
	"errors"
)

// ErrClosed tells that a loop takes no more tasks.
var ErrClosed = errors.New("closed")

type task struct {
	run  func()
	done chan struct{}
}

// Loop runs tasks one after the other.
type Loop struct {
	tasks chan task
	done  chan struct{}
	ended chan struct{}
}

// NewLoop starts a loop.
func NewLoop() *Loop {
	l := &Loop{tasks: make(chan task), done: make(chan struct{}), ended: make(chan struct{})}
	go l.loop()
	return l
}

func (l *Loop) loop() {
	defer close(l.ended)
	for {
		select {
		case <-l.done:
			return
		case t := <-l.tasks:
			t.run()
			close(t.done)
		}
	}
}

// Close ends the loop.
func (l *Loop) Close() {
	close(l.done)
	<-l.ended
}

// Done is closed when the loop has ended.
func (l *Loop) Done() <-chan struct{} { return l.done }

// Err tells whether the loop has ended.
func (l *Loop) Err() error {
	select {
	case <-l.done:
		return ErrClosed
	default:
		return nil
	}
}

// Run has the loop run f, unless it has ended.
func (l *Loop) Run(f func()) error {
	done := make(chan struct{})
	select {
	case <-l.Done():
		return l.Err()
	case l.tasks <- task{f, done}:
		<-done
		return nil
	}
}

// Agent works on a loop.
type Agent struct {
	loop *Loop
	name string
}

// NewAgent returns an agent with a name.
func NewAgent(l *Loop, name string) *Agent { return &Agent{l, name} }

// Name reads the name on the loop. It waits only if the loop has run what it was given.
func (a *Agent) Name() (string, error) {
	var name string
	read := make(chan struct{})
	err := a.loop.Run(func() {
		name = a.name
		close(read)
	})
	if err == nil {
		<-read
	}
	return name, err
}

// First asks all sources for an answer. Whoever finds ctx done has not answered,
// and the error of ctx is not nil then.
func First(ctx context.Context, sources []func() string) (string, error) {
	answers := make(chan string, len(sources))
	for _, ask := range sources {
		go func() { answers <- ask() }()
	}
	never := make(chan string)
	select {
	case a := <-answers:
		return a, nil
	case <-ctx.Done():
		if err := ctx.Err(); err != nil {
			return "", err
		}
		return <-never, nil
	}
}

// Again looks twice whether ctx is done.
func Again(ctx context.Context, work func()) {
	idle := make(chan struct{})
	<-ctx.Done()
	select {
	case <-ctx.Done():
		return
	default:
	}
	work()
	<-idle
}

// Drain reads what is left; a channel that was closed once is closed.
func Drain(in <-chan int, more func() bool) (sum int) {
	spare := make(chan int)
	for {
		n, ok := <-in
		if ok {
			sum += n
			continue
		}
		select {
		case _, again := <-in:
			if again {
				sum += <-spare
			}
		default:
			sum += <-spare
		}
		if !more() {
			return sum
		}
	}
}
