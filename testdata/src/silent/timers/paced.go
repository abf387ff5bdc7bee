package timers

import (
	"errors"
	"fmt"
	"time"
)

// loop runs tasks until it is closed.
type loop struct {
	done  chan struct{}
	tasks chan func()
}

func newLoop() *loop {
	l := &loop{done: make(chan struct{}), tasks: make(chan func())}
	go func() {
		for {
			select {
			case <-l.done:
				return
			case f := <-l.tasks:
				f()
			}
		}
	}()
	return l
}

func (l *loop) run(f func()) error {
	select {
	case <-l.done:
		return errors.New("closed")
	case l.tasks <- f:
		return nil
	}
}

func (l *loop) load() (n int) {
	if err := l.run(func() { n++ }); err != nil {
		return 0
	}
	return n
}

// Monitor looks every five seconds how much there is to do: nothing, once the
// loop is closed.
func Monitor(closed func() bool) {
	l := newLoop()
	go func() {
		for {
			time.Sleep(5 * time.Second)
			fmt.Println(l.load())
		}
	}()
	if closed() {
		close(l.done)
	}
}
