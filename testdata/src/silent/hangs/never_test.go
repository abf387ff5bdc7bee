package hangs

import (
	"testing"
	"time"
)

// never does not answer.
type never struct{ asked chan struct{} }

func (n *never) ask() error {
	close(n.asked)
	c := make(chan struct{})
	<-c
	return nil
}

func block() { <-make(chan struct{}) }

// A test may leave behind who never answers.
func TestNever(t *testing.T) {
	n := &never{asked: make(chan struct{})}
	answered := make(chan error, 1)
	go func() { answered <- n.ask() }()
	<-n.asked
	go block()
	select {
	case err := <-answered:
		t.Error(err)
	case <-time.After(time.Millisecond):
	}
}
