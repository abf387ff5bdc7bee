package p

import (
	"errors"
	"time"
)

type result struct {
	v   int
	err error
}

func work(n int) (int, error) {
	if n > 10 {
		return 0, errors.New("too much")
	}
	return n * n, nil
}

// Fetch leaks the goroutine when the timer wins.
func Fetch(n int) (int, error) {
	results := make(chan result)
	go func() {
		v, err := work(n)
		results <- result{v, err}
	}()
	select {
	case r := <-results:
		return r.v, r.err
	case <-time.After(time.Second):
		return 0, errors.New("timeout")
	}
}
