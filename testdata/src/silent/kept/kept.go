// Package kept keeps functions in slices, maps and fields.
package kept

import (
	"context"
	"errors"
	"fmt"
)

// Closers are called in reverse order.
type Closers struct {
	fns []func() error
}

// Add keeps f.
func (c *Closers) Add(f func() error) { c.fns = append(c.fns, f) }

// Close calls what was added.
func (c *Closers) Close() error {
	var all []error
	for i := len(c.fns) - 1; i >= 0; i-- {
		all = append(all, c.fns[i]())
	}
	c.fns = nil
	return errors.Join(all...)
}

// Spawn starts a goroutine that ends when the closers are closed.
func (c *Closers) Spawn(run func(quit <-chan struct{})) {
	quit, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		run(quit)
	}()
	c.Add(func() error {
		close(quit)
		<-done
		return nil
	})
}

// Run starts helpers for the time of main.
func Run(main func() error, helpers ...func(quit <-chan struct{})) (err error) {
	var c Closers
	defer func() { err = errors.Join(err, c.Close()) }()
	for _, h := range helpers {
		c.Spawn(h)
	}
	return main()
}

// Commands are started by name.
var commands = map[string]func(out chan<- string){
	"hello": func(out chan<- string) { out <- "hello" },
	"count": func(out chan<- string) {
		for i := range 3 {
			out <- fmt.Sprint(i)
		}
	},
}

// Exec runs a command and returns its output.
func Exec(name string) []string {
	run, ok := commands[name]
	if !ok {
		return nil
	}
	out := make(chan string)
	go func() {
		defer close(out)
		run(out)
	}()
	var lines []string
	for l := range out {
		lines = append(lines, l)
	}
	return lines
}

// Futures are evaluated when they are needed.
func Futures(fns []func() int) (sum int) {
	waits := make([]func() int, 0, len(fns))
	for _, f := range fns {
		c := make(chan int)
		go func() { c <- f() }()
		waits = append(waits, func() int { return <-c })
	}
	for _, w := range waits {
		sum += w()
	}
	return sum
}

// Hooks are called by their owner.
type Hooks struct {
	OnStart, OnStop func()
}

// Attach makes the hooks of a helper that lives between them.
func Attach(work func(<-chan struct{})) Hooks {
	quit, done := make(chan struct{}), make(chan struct{})
	return Hooks{
		OnStart: func() {
			go func() {
				defer close(done)
				work(quit)
			}()
		},
		OnStop: func() {
			close(quit)
			<-done
		},
	}
}

// Between calls f between the hooks.
func Between(h Hooks, f func()) {
	h.OnStart()
	defer h.OnStop()
	f()
}

// Named has a stop function for each name.
func Named(names []string, run func(name string, quit <-chan struct{})) {
	stops := make(map[string]func())
	for _, n := range names {
		if _, ok := stops[n]; ok {
			continue
		}
		ctx, cancel := context.WithCancel(context.Background())
		done := make(chan struct{})
		go func() {
			defer close(done)
			run(n, ctx.Done())
		}()
		stops[n] = func() {
			cancel()
			<-done
		}
	}
	for _, stop := range stops {
		stop()
	}
}
