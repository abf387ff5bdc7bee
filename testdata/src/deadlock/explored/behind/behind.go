// Package behind has constructors that return what they make as an interface.
package behind

import (
	"errors"
	"io"
	"sync"
	"time"
)

// Feed is a source of messages.
type Feed interface {
	Messages() <-chan string
	Stop()
}

// A Dial opens a connection; receive gives its next message.
type Dial func() (receive func() (string, error), err error)

type feed struct {
	dial     Dial
	out      chan string
	stop     chan struct{}
	stopOnce sync.Once
	wait     time.Duration
	last     error
}

// Follow dials again whenever the connection is lost, until Stop. When the
// other side has no more to say nobody is there for the signal of Stop.
func Follow(dial Dial, wait time.Duration) Feed {
	f := &feed{dial: dial, out: make(chan string, 1), stop: make(chan struct{}), wait: wait / 10}
	go f.loop(wait)
	return f
}

func (f *feed) Messages() <-chan string { return f.out }

func (f *feed) Stop() {
	f.stopOnce.Do(func() {
		f.stop <- struct{}{} // want "send on f.stop blocks for ever"
		<-f.out
	})
}

func (f *feed) loop(longest time.Duration) {
	defer close(f.out)
	for {
		receive, err := f.dial()
		if err == nil {
			if err = f.pass(receive); errors.Is(err, io.EOF) {
				return
			}
		}
		f.last = err
		if f.wait *= 2; f.wait > longest {
			f.wait = longest
		}
		select {
		case <-f.stop:
			return
		case <-time.After(f.wait):
		}
	}
}

func (f *feed) pass(receive func() (string, error)) error {
	for {
		m, err := receive()
		if err != nil {
			return err
		}
		select {
		case f.out <- m:
		case <-f.stop:
			return io.EOF
		}
	}
}

type feedFixed struct {
	dial Dial
	out  chan string
	stop chan struct{}
	once sync.Once
	wait time.Duration
}

// FollowFixed dials again whenever the connection is lost, until Stop.
func FollowFixed(dial Dial, wait time.Duration) Feed {
	f := &feedFixed{dial: dial, out: make(chan string, 1), stop: make(chan struct{}), wait: wait / 10}
	go f.loop(wait)
	return f
}

func (f *feedFixed) Messages() <-chan string { return f.out }

func (f *feedFixed) Stop() {
	f.once.Do(func() {
		close(f.stop)
		for range f.out {
		}
	})
}

func (f *feedFixed) loop(longest time.Duration) {
	defer close(f.out)
	for {
		receive, err := f.dial()
		if err == nil {
			if err = f.pass(receive); errors.Is(err, io.EOF) {
				return
			}
		}
		if f.wait *= 2; f.wait > longest {
			f.wait = longest
		}
		select {
		case <-f.stop:
			return
		case <-time.After(f.wait):
		}
	}
}

func (f *feedFixed) pass(receive func() (string, error)) error {
	for {
		m, err := receive()
		if err != nil {
			return err
		}
		select {
		case f.out <- m:
		case <-f.stop:
			return io.EOF
		}
	}
}
