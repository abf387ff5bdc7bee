// Package correlate makes the same decision, or counts to the same number, in
// more than one place.
package correlate

import (
	"errors"
	"fmt"
	"sync"
	"time"
)

// Options of a build.
type Options struct {
	Parallel bool
	Verify   bool
	Timeout  time.Duration
}

// Build verifies in the background if the options say so.
func Build(opts Options, compile func() error, verify func() error) error {
	var verified chan error
	if opts.Verify {
		verified = make(chan error)
		go func() { verified <- verify() }()
	}
	err := compile()
	if opts.Verify {
		err = errors.Join(err, <-verified)
	}
	return err
}

// Load starts the helper and waits for it under the same condition.
func Load(names []string, cached func(string) bool, fetch func(string) error) error {
	pending := 0
	errs := make(chan error)
	for _, n := range names {
		if cached(n) {
			continue
		}
		pending++
		go func() { errs <- fetch(n) }()
	}
	var all []error
	for ; pending > 0; pending-- {
		all = append(all, <-errs)
	}
	return errors.Join(all...)
}

// Pairs has two loops with the same bound.
func Pairs(n int, f func(int) int) (sum int) {
	c := make(chan int)
	for i := 0; i < n; i++ {
		go func() { c <- f(i) }()
	}
	for i := 0; i < n; i++ {
		sum += <-c
	}
	return sum
}

// Rest runs all but the first in the background.
func Rest(fns []func() error) error {
	if len(fns) == 0 {
		return nil
	}
	errs := make(chan error)
	for _, f := range fns[1:] {
		go func() { errs <- f() }()
	}
	err := fns[0]()
	for range len(fns) - 1 {
		err = errors.Join(err, <-errs)
	}
	return err
}

// Optional sends an error, or nothing and closes.
func Optional(run func() error) error {
	c := make(chan error)
	go func() {
		defer close(c)
		if err := run(); err != nil {
			c <- err
		}
	}()
	return <-c
}

// Either receives from the channel that was chosen before.
func Either(fast bool, quick, slow func() string) string {
	a, b := make(chan string), make(chan string)
	go func() {
		if fast {
			a <- quick()
		} else {
			b <- slow()
		}
	}()
	if fast {
		return <-a
	}
	return <-b
}

// State remembers whether it was started.
type State struct {
	mu      sync.Mutex
	started bool
	quit    chan struct{}
	done    chan struct{}
}

// Start starts a goroutine, once.
func (s *State) Start(work func(quit <-chan struct{})) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.started {
		return
	}
	s.started = true
	s.quit, s.done = make(chan struct{}), make(chan struct{})
	go func(quit, done chan struct{}) {
		defer close(done)
		work(quit)
	}(s.quit, s.done)
}

// Stop ends the goroutine, if there is one.
func (s *State) Stop() {
	s.mu.Lock()
	if !s.started {
		s.mu.Unlock()
		return
	}
	s.started = false
	quit, done := s.quit, s.done
	s.mu.Unlock()
	close(quit)
	<-done
}

// Errs returns early only if there was nothing to wait for.
func Errs(cond bool, work func() int) (int, error) {
	c := make(chan int)
	if cond {
		go func() { c <- work() }()
	}
	if !cond {
		return 0, errors.New("nothing to do")
	}
	return <-c, nil
}

// Rounds does not begin a round before the last one ended.
func Rounds(rounds, players int, play func(round, player int)) {
	for r := range rounds {
		done := make(chan int)
		for p := range players {
			go func() {
				play(r, p)
				done <- p
			}()
		}
		for range players {
			<-done
		}
	}
}

// Switch has a sender in each case.
func Switch(kind string, f func() int) (int, error) {
	c := make(chan int)
	switch kind {
	case "once":
		go func() { c <- f() }()
	case "twice":
		go func() { c <- 2 * f() }()
	default:
		return 0, fmt.Errorf("unknown kind %q", kind)
	}
	return <-c, nil
}
