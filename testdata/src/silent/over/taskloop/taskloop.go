// Package taskloop runs tasks one after the other.
package taskloop

import "errors"

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

// New starts a loop.
func New() *Loop {
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
