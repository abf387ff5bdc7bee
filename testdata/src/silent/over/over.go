// Package over looks more than once whether something is over: once it is, it
// stays so.
package over

import (
	"context"

	"example.com/corpus/silent/over/taskloop"
)

// Agent works on a loop.
type Agent struct {
	loop *taskloop.Loop
	name string
}

// NewAgent returns an agent with a name.
func NewAgent(l *taskloop.Loop, name string) *Agent { return &Agent{l, name} }

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
