package control

import (
	"context"
	"time"
)

// Gate serves requests once the gate is open, for as long as the process lives.
func Gate(requests <-chan string, serve func(string)) (open func()) {
	opened := make(chan struct{})
	go func() {
		for {
			<-opened
			serve(<-requests)
		}
	}()
	return func() { close(opened) }
}

// Both takes what two producers yield, and looks at one that has ended until
// the other has, too.
func Both(one, other []int, take func(int)) {
	a, b := make(chan int), make(chan int)
	produce := func(c chan<- int, values []int) {
		defer close(c)
		for _, v := range values {
			c <- v
		}
	}
	go produce(a, one)
	go produce(b, other)
	for left := 2; left > 0; {
		select {
		case v, ok := <-a:
			if !ok {
				a = nil
				left--
				continue
			}
			take(v)
		case v, ok := <-b:
			if !ok {
				b = nil
				left--
				continue
			}
			take(v)
		}
	}
}

// Zeros counts down while a closed channel yields zeros.
func Zeros(n int) (zeros int) {
	c := make(chan int)
	close(c)
	for {
		select {
		case v := <-c:
			if v == 0 {
				zeros++
			}
		default:
			return zeros
		}
		if zeros == n {
			return zeros
		}
	}
}

// Once more after the context is done, and then no more.
func Last(ctx context.Context, every time.Duration, do func()) {
	done := ctx.Done()
	last := false
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-done:
			done, last = nil, true
		case <-tick.C:
			do()
			if last {
				return
			}
		}
	}
}
