package p

import (
	"errors"
	"sync"
)

var errBusy = errors.New("busy")

type gate struct {
	mu   sync.Mutex
	open chan struct{}
	used bool
}

// Enter has a named result that a deferred literal changes after a panic.
func (g *gate) Enter(f func() error) (err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	defer func() {
		if r := recover(); r != nil {
			err = errBusy
		}
	}()
	if g.used {
		return errBusy
	}
	g.used = true
	<-g.open
	return f()
}

// Each defers in a loop, and a built-in function.
func Each(names []string, f func(string) bool) {
	done := make(chan int)
	defer close(done)
	for _, name := range names {
		if !f(name) {
			continue
		}
		defer func() { done <- len(name) }()
	}
	go func() {
		for range done {
		}
	}()
}

// Must panics where nothing is kept but the panic.
func must(err error) {
	if err != nil {
		panic(err)
	}
}

func Start(check func() error) {
	must(check())
	c := make(chan int)
	go func() { c <- 1 }()
	<-c
}
