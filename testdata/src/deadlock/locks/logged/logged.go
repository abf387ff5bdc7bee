// Package logged hands what it gets on to fmt and log.
package logged

import (
	"fmt"
	"log"
	"sync"
)

var (
	mu     sync.Mutex
	Silent bool
)

// Logf puts a prefix in front of the format.
func Logf(format string, args ...any) {
	if Silent {
		return
	}
	emit("logged: "+format, args...)
}

func emit(format string, args ...any) { log.Printf(format, args...) }

// Log prints each argument.
func Log(args ...any) {
	mu.Lock()
	defer mu.Unlock()
	log.Println(args...)
}

// Short has something to print in place of a long text.
type Short interface{ Short() string }

// Shortf prints what is short if there is such.
func Shortf(format string, args ...any) {
	for i, a := range args {
		if s, ok := a.(Short); ok {
			args[i] = s.Short()
		}
	}
	fmt.Printf(format, args...)
}

// Twicef prints to one place or two.
func Twicef(format string, args ...any) {
	print := func() { fmt.Printf(format, args...) }
	if !Silent {
		print()
	}
	log.Printf(format, args...)
}

// Nonef prints what it gets only when it has been made nothing.
func Nonef(format string, args ...any) {
	drop := func() { args = nil }
	drop()
	log.Printf(format, args...)
}

// Masked prints none of its arguments.
func Masked(format string, args ...any) {
	for i := range args {
		args[i] = "*"
	}
	fmt.Printf(format, args...)
}

// Count prints how many there are.
func Count(args ...any) { fmt.Println(len(args)) }
