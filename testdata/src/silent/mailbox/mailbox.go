// Package mailbox has channels with room for one value.
package mailbox

import (
	"sync"
	"time"
)

// Latest keeps only the newest value.
type Latest[T any] struct {
	mu sync.Mutex
	c  chan T
}

// NewLatest returns an empty box.
func NewLatest[T any]() *Latest[T] { return &Latest[T]{c: make(chan T, 1)} }

// Put replaces the value.
func (l *Latest[T]) Put(v T) {
	l.mu.Lock()
	defer l.mu.Unlock()
	select {
	case <-l.c:
	default:
	}
	l.c <- v
}

// Take waits for a value.
func (l *Latest[T]) Take() T { return <-l.c }

// Last puts all values and takes one of them.
func Last(first int, more ...int) int {
	l := NewLatest[int]()
	var wg sync.WaitGroup
	for _, v := range append(more, first) {
		wg.Go(func() { l.Put(v) })
	}
	wg.Wait()
	return l.Take()
}

// Wake wakes a goroutine without waiting for it.
func Wake(times int, work func()) {
	wake := make(chan struct{}, 1)
	quit := make(chan struct{})
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-wake:
				work()
			case <-quit:
				return
			}
		}
	}()
	for range times {
		select {
		case wake <- struct{}{}:
		default:
		}
	}
	close(quit)
	<-done
}

// Cell is guarded by a channel that holds its value.
type Cell struct {
	c chan int
}

// NewCell returns a cell with a value.
func NewCell(v int) *Cell {
	c := make(chan int, 1)
	c <- v
	return &Cell{c}
}

// Update changes the value.
func (c *Cell) Update(f func(int) int) {
	v := <-c.c
	defer func() { c.c <- v }()
	v = f(v)
}

// Add adds up with goroutines.
func Add(numbers []int) (sum int) {
	c := NewCell(0)
	var wg sync.WaitGroup
	for _, n := range numbers {
		wg.Go(func() { c.Update(func(v int) int { return v + n }) })
	}
	wg.Wait()
	c.Update(func(v int) int { sum = v; return v })
	return sum
}

// FirstError keeps the first error and drops the others.
func FirstError(fns []func() error) error {
	errs := make(chan error, 1)
	var wg sync.WaitGroup
	for _, f := range fns {
		wg.Go(func() {
			if err := f(); err != nil {
				select {
				case errs <- err:
				default:
				}
			}
		})
	}
	wg.Wait()
	select {
	case err := <-errs:
		return err
	default:
		return nil
	}
}

// Drop drops what nobody takes in time.
func Drop(values []int, slow func(int)) (dropped int) {
	c := make(chan int)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for v := range c {
			slow(v)
		}
	}()
	for _, v := range values {
		select {
		case c <- v:
		case <-time.After(time.Millisecond):
			dropped++
		}
	}
	close(c)
	<-done
	return dropped
}
