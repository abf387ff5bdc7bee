package fanin

import (
	"fmt"
	"io"
	"sync"
)

// square passes on the squares of what it receives.
func square(in <-chan int) <-chan int {
	out := make(chan int)
	go func() {
		for n := range in {
			out <- n * n
		}
	}()
	return out
}

// Pipeline prints the squares of the numbers.
func Pipeline(w io.Writer, numbers ...int) {
	in := make(chan int)
	var wg sync.WaitGroup
	wg.Go(func() {
		defer close(in)
		for _, n := range numbers {
			in <- n
		}
	})
	squares := square(in)
	go func() {
		for s := range squares { // want "range over squares never ends"
			fmt.Fprintln(w, s)
		}
	}()
	wg.Wait()
}

// squareFixed passes on the squares of what it receives.
func squareFixed(in <-chan int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for n := range in {
			out <- n * n
		}
	}()
	return out
}

// PipelineFixed prints the squares of the numbers.
func PipelineFixed(w io.Writer, numbers ...int) {
	in := make(chan int)
	var wg sync.WaitGroup
	wg.Go(func() {
		defer close(in)
		for _, n := range numbers {
			in <- n
		}
	})
	squares := squareFixed(in)
	go func() {
		for s := range squares {
			fmt.Fprintln(w, s)
		}
	}()
	wg.Wait()
}
