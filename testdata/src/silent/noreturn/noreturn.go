// Package noreturn has paths that do not go on.
package noreturn

import (
	"fmt"
	"log"
	"os"
	"runtime"
)

// Must ends the process if the helper cannot be used.
func Must(connect func() error, work func() int) int {
	c := make(chan int)
	go func() { c <- work() }()
	if err := connect(); err != nil {
		log.Fatalf("connect: %v", err)
	}
	return <-c
}

// Usage exits.
func Usage(args []string, run func(string) error) error {
	errc := make(chan error)
	go func() {
		if len(args) == 0 {
			fmt.Fprintln(os.Stderr, "usage: command file")
			os.Exit(2)
		}
		errc <- run(args[0])
	}()
	return <-errc
}

func unreachable(kind string) int {
	panic("unknown kind " + kind)
}

// Kind panics for what it does not know.
func Kind(kind string, f func() int) int {
	c := make(chan int)
	go func() {
		switch kind {
		case "one":
			c <- f()
		case "none":
			c <- 0
		default:
			c <- unreachable(kind)
		}
	}()
	return <-c
}

// Exit runs the deferred calls of a goroutine that ends in the middle.
func Exit(work func(abort func()) int) (n int, ok bool) {
	c := make(chan int)
	go func() {
		defer close(c)
		c <- work(runtime.Goexit)
	}()
	n, ok = <-c
	return n, ok
}

// Panics sends what a function panics with.
func Panics(f func()) (v any) {
	c := make(chan any)
	go func() {
		defer func() { c <- recover() }()
		f()
	}()
	return <-c
}

// Block keeps the main goroutine of a server alive.
func Block(serve func() error) {
	go func() { log.Fatal(serve()) }()
	select {}
}
