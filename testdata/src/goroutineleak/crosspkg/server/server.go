// Package server starts servers and waits until they answer.
package server

import (
	"errors"
	"time"
)

var (
	errTooSlow = errors.New("too slow")
	errNone    = errors.New("all too far")
)

// Start waits until a server answers, for some time.
func Start(answers func() bool, limit time.Duration) error {
	ready := make(chan bool)
	stop := make(chan struct{})
	go poll(answers, ready, stop)
	select {
	case <-ready:
		return nil
	case <-time.After(limit):
		close(stop)
		return errTooSlow
	}
}

// StartFixed waits until a server answers, for some time.
func StartFixed(answers func() bool, limit time.Duration) error {
	ready := make(chan bool, 1)
	stop := make(chan struct{})
	go poll(answers, ready, stop)
	select {
	case <-ready:
		return nil
	case <-time.After(limit):
		close(stop)
		return errTooSlow
	}
}

// StartNearest starts the first of some servers that is near enough.
func StartNearest(names []string, far func(string) bool, answers func(string) bool, limit time.Duration) error {
	for _, n := range names {
		if !far(n) {
			return Start(func() bool { return answers(n) }, limit)
		}
	}
	return errNone
}

func poll(answers func() bool, ready chan<- bool, stop <-chan struct{}) {
	for {
		if answers() {
			ready <- true // want "send on ready blocks for ever: nobody receives from ready"
			return
		}
		select {
		case <-stop:
			return
		default:
			time.Sleep(time.Millisecond)
		}
	}
}
