package timeout

import (
	"errors"
	"fmt"
	"time"
)

type exit struct {
	code int
	err  error
}

// Waiter bounds how long a child process may take.
type Waiter struct {
	Grace time.Duration
	Kill  func() error
}

// Wait returns what wait returns, after killing the process if it must.
func (w *Waiter) Wait(wait func() (int, error)) (int, error) {
	exited := make(chan exit)
	go func() {
		code, err := wait()
		exited <- exit{code, err} // want "send on exited blocks for ever"
	}()
	select {
	case e := <-exited:
		return e.code, e.err
	case <-time.After(w.Grace):
	}
	if err := w.Kill(); err != nil {
		return -1, fmt.Errorf("kill: %w", err)
	}
	<-exited
	return -1, errors.New("killed")
}

// WaiterFixed bounds how long a child process may take.
type WaiterFixed struct {
	Grace time.Duration
	Kill  func() error
}

// Wait returns what wait returns, after killing the process if it must.
func (w *WaiterFixed) Wait(wait func() (int, error)) (int, error) {
	exited := make(chan exit, 1)
	go func() {
		code, err := wait()
		exited <- exit{code, err}
	}()
	select {
	case e := <-exited:
		return e.code, e.err
	case <-time.After(w.Grace):
	}
	if err := w.Kill(); err != nil {
		return -1, fmt.Errorf("kill: %w", err)
	}
	<-exited
	return -1, errors.New("killed")
}
