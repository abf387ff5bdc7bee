// Package handover gives channels and goroutines to others.
package handover

import (
	"context"
	"os"
	"os/signal"
	"sync"
)

// Result is the future result of a call.
type Result struct {
	C   <-chan string
	err error
}

// Go begins a call. The caller receives from C.
func Go(f func() (string, error)) *Result {
	c := make(chan string)
	r := &Result{C: c}
	go func() {
		defer close(c)
		var s string
		if s, r.err = f(); r.err == nil {
			c <- s
		}
	}()
	return r
}

// Subscribe returns a channel that the caller must drain until cancel is
// called.
func Subscribe(poll func() string) (<-chan string, func()) {
	ctx, cancel := context.WithCancel(context.Background())
	c := make(chan string)
	go func() {
		defer close(c)
		for {
			select {
			case c <- poll():
			case <-ctx.Done():
				return
			}
		}
	}()
	return c, cancel
}

// Into sends to a channel of the caller.
func Into(dst chan<- int, fns []func() int) {
	for _, f := range fns {
		go func() { dst <- f() }()
	}
}

// Event has a channel for its acknowledgement.
type Event struct {
	Name string
	Ack  chan error
}

// Source hands out events.
type Source struct {
	Events chan Event
}

// Emit emits an event and waits until somebody acknowledges it.
func (s *Source) Emit(name string) error {
	e := Event{Name: name, Ack: make(chan error)}
	s.Events <- e
	return <-e.Ack
}

// Stored keeps the channel that it waits on for others.
type Stored struct {
	mu    sync.Mutex
	waits map[string][]chan<- string
}

// Wait returns what is announced for the key.
func (s *Stored) Wait(key string) string {
	c := make(chan string)
	s.mu.Lock()
	if s.waits == nil {
		s.waits = map[string][]chan<- string{}
	}
	s.waits[key] = append(s.waits[key], c)
	s.mu.Unlock()
	return <-c
}

// Announce wakes all that wait for the key.
func (s *Stored) Announce(key, value string) int {
	s.mu.Lock()
	waits := s.waits[key]
	delete(s.waits, key)
	s.mu.Unlock()
	for _, c := range waits {
		c <- value
	}
	return len(waits)
}

// Callback passes the sender on to code elsewhere.
func Callback(register func(done func(error))) error {
	c := make(chan error, 1)
	register(func(err error) {
		select {
		case c <- err:
		default:
		}
	})
	return <-c
}

// Signals waits for the process to be told to end.
func Signals(run func() error) error {
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt)
	defer signal.Stop(c)
	failed := make(chan error, 1)
	go func() { failed <- run() }()
	select {
	case <-c:
		return nil
	case err := <-failed:
		return err
	}
}

// Lend lends a channel of tokens; each borrower gives its token back.
func Lend(n int, use func(token int)) {
	tokens := make(chan int, 1)
	tokens <- 0
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() {
			t := <-tokens
			use(t)
			tokens <- t + 1
		})
	}
	wg.Wait()
}
