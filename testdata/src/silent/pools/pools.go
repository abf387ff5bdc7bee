// Package pools has fixed numbers of workers.
package pools

import (
	"context"
	"sync"
	"sync/atomic"
)

// Squares computes squares with n workers.
func Squares(numbers []int, n int) []int {
	n = max(1, n)
	type job struct{ i, v int }
	jobs := make(chan job)
	out := make([]int, len(numbers))
	var wg sync.WaitGroup
	wg.Add(n)
	for range n {
		go func() {
			defer wg.Done()
			for j := range jobs {
				out[j.i] = j.v * j.v
			}
		}()
	}
	for i, v := range numbers {
		jobs <- job{i, v}
	}
	close(jobs)
	wg.Wait()
	return out
}

// Convert converts the inputs with as many workers as there are inputs, but
// not more than limit. Results come in any order.
func Convert(inputs []string, limit int, convert func(string) (string, error)) (out []string, err error) {
	if len(inputs) == 0 {
		return nil, nil
	}
	in := make(chan string, len(inputs))
	for _, s := range inputs {
		in <- s
	}
	close(in)
	type result struct {
		text string
		err  error
	}
	results := make(chan result)
	workers := min(max(1, limit), len(inputs))
	for range workers {
		go func() {
			for s := range in {
				text, err := convert(s)
				results <- result{text, err}
			}
		}()
	}
	for range inputs {
		r := <-results
		if r.err != nil && err == nil {
			err = r.err
			continue
		}
		out = append(out, r.text)
	}
	return out, err
}

// Pool runs functions with a number of goroutines, until it is closed.
type Pool struct {
	work chan func()
	wg   sync.WaitGroup

	mu     sync.Mutex
	closed bool
}

// New starts a pool.
func New(size int) *Pool {
	p := &Pool{work: make(chan func())}
	for range max(1, size) {
		p.wg.Go(p.run)
	}
	return p
}

func (p *Pool) run() {
	for f := range p.work {
		f()
	}
}

// Do runs f on one of the goroutines, unless the pool is closed.
func (p *Pool) Do(f func()) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return false
	}
	p.work <- f
	return true
}

// Close waits for what was begun.
func (p *Pool) Close() {
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		return
	}
	p.closed = true
	close(p.work)
	p.mu.Unlock()
	p.wg.Wait()
}

// Sum adds up what the functions return.
func Sum(fns ...func() int64) int64 {
	p := New(4)
	var total atomic.Int64
	for _, f := range fns {
		p.Do(func() { total.Add(f()) })
	}
	p.Close()
	return total.Load()
}

// FailFast stops to hand out work after the first error.
func FailFast(items []string, n int, do func(string) error) error {
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(nil)
	work := make(chan string)
	var wg sync.WaitGroup
	for range max(1, n) {
		wg.Go(func() {
			for item := range work {
				if err := do(item); err != nil {
					cancel(err)
					return
				}
			}
		})
	}
feed:
	for _, item := range items {
		select {
		case work <- item:
		case <-ctx.Done():
			break feed
		}
	}
	close(work)
	wg.Wait()
	return context.Cause(ctx)
}

// Recovering runs the tasks with workers that survive a panic of theirs.
func Recovering(tasks []func()) (panics int) {
	queue := make(chan func())
	failed := make(chan any)
	done := make(chan struct{})
	try := func(f func()) {
		defer func() {
			if r := recover(); r != nil {
				failed <- r
			}
		}()
		f()
	}
	for range 2 {
		go func() {
			for f := range queue {
				try(f)
			}
			done <- struct{}{}
		}()
	}
	go func() {
		for _, t := range tasks {
			queue <- t
		}
		close(queue)
	}()
	for running := 2; running > 0; {
		select {
		case <-failed:
			panics++
		case <-done:
			running--
		}
	}
	return panics
}
