// Package pipeline connects stages by channels.
package pipeline

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

func emit(ctx context.Context, numbers []int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for _, n := range numbers {
			select {
			case out <- n:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

func transform(ctx context.Context, in <-chan int, f func(int) int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for n := range in {
			select {
			case out <- f(n):
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// First returns the first result that satisfies ok.
func First(numbers []int, f func(int) int, ok func(int) bool) (int, bool) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for v := range transform(ctx, emit(ctx, numbers), f) {
		if ok(v) {
			return v, true
		}
	}
	return 0, false
}

// Take returns the first n lines and drains the rest.
func Take(lines func(yield func(string) bool), n int) []string {
	c := make(chan string)
	go func() {
		defer close(c)
		for l := range lines {
			c <- l
		}
	}()
	var out []string
	for l := range c {
		if len(out) < n {
			out = append(out, l)
		}
	}
	return out
}

// Drain leaves early but lets somebody else take the rest.
func Drain(produce func(chan<- int), stop func(int) bool) int {
	c := make(chan int)
	go func() {
		defer close(c)
		produce(c)
	}()
	for v := range c {
		if stop(v) {
			go func() {
				for range c {
				}
			}()
			return v
		}
	}
	return -1
}

type stage func(in <-chan string, out chan<- string)

// Chain runs stages one behind the other, each of which reads its input to the
// end.
func Chain(inputs []string, stages ...func(string) string) []string {
	var all []stage
	for _, f := range stages {
		all = append(all, func(in <-chan string, out chan<- string) {
			for s := range in {
				out <- f(s)
			}
		})
	}
	first := make(chan string)
	go func() {
		defer close(first)
		for _, s := range inputs {
			first <- s
		}
	}()
	var last <-chan string = first
	for _, s := range all {
		in, out := last, make(chan string)
		go func() {
			defer close(out)
			s(in, out)
		}()
		last = out
	}
	var out []string
	for s := range last {
		out = append(out, s)
	}
	return out
}

// Errors separates good lines from bad ones; both channels are closed by their
// only sender and read side by side.
func Errors(lines []string, parse func(string) (int, error)) (sum int, err error) {
	good := make(chan int)
	bad := make(chan error)
	go func() {
		defer close(good)
		defer close(bad)
		for _, l := range lines {
			if n, err := parse(l); err != nil {
				bad <- fmt.Errorf("%q: %w", l, err)
			} else {
				good <- n
			}
		}
	}()
	for good != nil || bad != nil {
		select {
		case n, ok := <-good:
			if !ok {
				good = nil
				continue
			}
			sum += n
		case e, ok := <-bad:
			if !ok {
				bad = nil
				continue
			}
			err = errors.Join(err, e)
		}
	}
	return sum, err
}

// Generator yields numbers until it is stopped.
type Generator struct {
	C    <-chan int
	stop chan struct{}
	once sync.Once
}

// Generate starts a generator.
func Generate(from int) *Generator {
	c := make(chan int)
	g := &Generator{C: c, stop: make(chan struct{})}
	go func() {
		defer close(c)
		for n := from; ; n++ {
			select {
			case c <- n:
			case <-g.stop:
				return
			}
		}
	}()
	return g
}

// Stop ends the generator.
func (g *Generator) Stop() { g.once.Do(func() { close(g.stop) }) }

// Free returns the first number that is not used.
func Free(used map[int]bool) int {
	g := Generate(1)
	defer g.Stop()
	for n := range g.C {
		if !used[n] {
			return n
		}
	}
	return 0
}
