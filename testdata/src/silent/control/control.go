// Package control goes its way by labels, deferred calls and flags.
package control

import (
	"fmt"
	"sync"
)

// Until leaves two loops at once.
func Until(rows [][]string, stop string) (seen int) {
	c := make(chan string)
	quit := make(chan struct{})
	go func() {
		defer close(c)
	send:
		for _, row := range rows {
			for _, cell := range row {
				select {
				case c <- cell:
				case <-quit:
					break send
				}
			}
		}
	}()
loop:
	for cell := range c {
		switch cell {
		case stop:
			close(quit)
			break loop
		case "":
			continue loop
		}
		seen++
	}
	return seen
}

// Again jumps back after a failure, which is bounded.
func Again(f func() error) (tries int) {
again:
	c := make(chan error)
	go func() { c <- f() }()
	tries++
	if err := <-c; err != nil && tries < 3 {
		goto again
	}
	return tries
}

// Deferred closes in the order in which it must.
func Deferred(items []string, f func(string)) {
	c := make(chan string)
	var wg sync.WaitGroup
	defer wg.Wait()
	defer close(c)
	wg.Add(1)
	go func() {
		defer wg.Done()
		for s := range c {
			f(s)
		}
	}()
	for _, it := range items {
		if it == "" {
			return
		}
		c <- it
	}
}

// Named changes its result when it returns.
func Named(run func() error) (err error) {
	c := make(chan error)
	go func() { c <- run() }()
	defer func() {
		if e := <-c; err == nil {
			err = e
		}
	}()
	return nil
}

// Recovered sends even if f panics.
func Recovered(f func() int) (n int, err error) {
	type result struct {
		n   int
		err error
	}
	c := make(chan result)
	go func() {
		var r result
		defer func() {
			if p := recover(); p != nil {
				r.err = fmt.Errorf("panic: %v", p)
			}
			c <- r
		}()
		r.n = f()
	}()
	r := <-c
	return r.n, r.err
}

// Priority looks at one channel before the other.
func Priority(urgent, normal []string, handle func(string)) {
	send := func(items []string) <-chan string {
		c := make(chan string)
		go func() {
			defer close(c)
			for _, it := range items {
				c <- it
			}
		}()
		return c
	}
	u, n := send(urgent), send(normal)
	for u != nil || n != nil {
		select {
		case s, ok := <-u:
			if ok {
				handle(s)
			} else {
				u = nil
			}
			continue
		default:
		}
		select {
		case s, ok := <-u:
			if ok {
				handle(s)
			} else {
				u = nil
			}
		case s, ok := <-n:
			if ok {
				handle(s)
			} else {
				n = nil
			}
		}
	}
}

// Flag leaves a loop by a flag that is set in it.
func Flag(next func() (string, bool), handle func(string)) {
	c := make(chan string)
	more := true
	for more {
		go func() {
			s, ok := next()
			if !ok {
				s = ""
			}
			c <- s
		}()
		s := <-c
		more = s != ""
		if more {
			handle(s)
		}
	}
}

// Phases changes what it waits for.
func Phases(prepare, work, clean func()) {
	phases := []func(){prepare, work, clean}
	var done chan struct{}
	for i, f := range phases {
		before := done
		done = make(chan struct{})
		go func(after chan struct{}) {
			defer close(after)
			if i > 0 {
				<-before
			}
			f()
		}(done)
	}
	<-done
}

// Swap passes two channels back and forth.
func Swap(n int, f func(int) int) int {
	a, b := make(chan int, 1), make(chan int, 1)
	a <- 0
	for range n {
		v := <-a
		b <- f(v)
		a, b = b, a
	}
	return <-a
}
