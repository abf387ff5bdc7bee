package others

import (
	"errors"
	"io"
)

// ErrBusy is never nil, and nobody sets it again.
var ErrBusy = errors.New("busy")

func try(busy bool) error {
	if busy {
		return ErrBusy
	}
	return nil
}

// Sentinel receives exactly when it has started the sender.
func Sentinel(busy bool) int {
	c := make(chan int)
	if err := try(busy); err == nil {
		go func() { c <- 1 }()
	}
	if errors.Is(try(busy), ErrBusy) {
		return 0
	}
	return <-c
}

// Ended tells the end by io.EOF.
func Ended(more bool) int {
	c := make(chan int)
	next := func() error {
		if more {
			return nil
		}
		return io.EOF
	}
	go func() {
		if err := next(); err == io.EOF {
			close(c)
			return
		}
		c <- 1
	}()
	if err := next(); err != nil && err != io.EOF {
		return -1
	}
	return <-c
}

// Either takes any other error for the same.
func Either(read func() error) {
	c := make(chan int)
	err := read()
	if err == ErrBusy {
		go func() { c <- 1 }()
	}
	if err == ErrBusy && err != nil {
		<-c
	}
}
