// Package dispatch calls through interfaces, method values and type parameters.
package dispatch

import (
	"strings"
	"sync"
)

// A Sink takes values.
type Sink interface {
	Put(v int)
	Close() int
}

type direct struct{ sum int }

func (d *direct) Put(v int)  { d.sum += v }
func (d *direct) Close() int { return d.sum }

type queued struct {
	c   chan int
	sum chan int
}

func newQueued() *queued {
	q := &queued{c: make(chan int), sum: make(chan int)}
	go q.add()
	return q
}

func (q *queued) add() {
	sum := 0
	for v := range q.c {
		sum += v
	}
	q.sum <- sum
}

func (q *queued) Put(v int) { q.c <- v }

func (q *queued) Close() int {
	close(q.c)
	return <-q.sum
}

type counting struct {
	Sink
	n int
}

func (c *counting) Put(v int) {
	c.n++
	c.Sink.Put(v)
}

// Total puts the values into one of several sinks.
func Total(background bool, values ...int) int {
	var s Sink = new(direct)
	if background {
		s = newQueued()
	}
	s = &counting{Sink: s}
	for _, v := range values {
		s.Put(v)
	}
	return s.Close()
}

// Each is a goroutine for each of the methods.
func Each(values ...int) int {
	q := newQueued()
	var wg sync.WaitGroup
	for _, put := range []func(int){q.Put, (&counting{Sink: q}).Put} {
		wg.Go(func() {
			for _, v := range values {
				put(v)
			}
		})
	}
	wg.Wait()
	return q.Close()
}

// Number is a type with an order.
type Number interface{ ~int | ~float64 }

// Reduce folds the values with several goroutines.
func Reduce[T Number](values []T, parts int, f func(a, b T) T) (out T) {
	parts = max(1, parts)
	c := make(chan T)
	for p := range parts {
		go func() {
			var acc T
			for i := p; i < len(values); i += parts {
				acc = f(acc, values[i])
			}
			c <- acc
		}()
	}
	for range parts {
		out = f(out, <-c)
	}
	return out
}

// Set is generic over what it is told.
type Set[T comparable] struct {
	ops  chan func(map[T]bool)
	done chan struct{}
}

// NewSet starts a set.
func NewSet[T comparable]() *Set[T] {
	s := &Set[T]{ops: make(chan func(map[T]bool)), done: make(chan struct{})}
	go s.loop()
	return s
}

func (s *Set[T]) loop() {
	defer close(s.done)
	m := map[T]bool{}
	for op := range s.ops {
		op(m)
	}
}

// Len returns the number of different values.
func Len[T comparable](values ...T) (n int) {
	s := NewSet[T]()
	for _, v := range values {
		s.ops <- func(m map[T]bool) { m[v] = true }
	}
	s.ops <- func(m map[T]bool) { n = len(m) }
	close(s.ops)
	<-s.done
	return n
}

// stage is a function that is itself a value with methods.
type stage func(<-chan string) <-chan string

func (s stage) then(t stage) stage {
	return func(in <-chan string) <-chan string { return t(s(in)) }
}

func each(f func(string) string) stage {
	return func(in <-chan string) <-chan string {
		out := make(chan string)
		go func() {
			defer close(out)
			for s := range in {
				out <- f(s)
			}
		}()
		return out
	}
}

// Clean trims the words and makes them small.
func Clean(words ...string) (out []string) {
	in := make(chan string)
	go func() {
		defer close(in)
		for _, w := range words {
			in <- w
		}
	}()
	for w := range each(strings.TrimSpace).then(each(strings.ToLower))(in) {
		out = append(out, w)
	}
	return out
}

// Option changes how a group runs.
type Option func(*config)

type config struct {
	limit int
	after func()
}

// Limit bounds the number of goroutines.
func Limit(n int) Option { return func(c *config) { c.limit = max(1, n) } }

// After is called at the end.
func After(f func()) Option { return func(c *config) { c.after = f } }

// Run runs the functions as the options say.
func Run(fns []func(), opts ...Option) {
	c := config{limit: 1, after: func() {}}
	for _, o := range opts {
		o(&c)
	}
	slots := make(chan struct{}, c.limit)
	for _, f := range fns {
		slots <- struct{}{}
		go func() {
			defer func() { <-slots }()
			f()
		}()
	}
	for range c.limit {
		slots <- struct{}{}
	}
	c.after()
}
