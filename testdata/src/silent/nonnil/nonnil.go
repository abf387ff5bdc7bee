// Package nonnil has errors that are not nil, whatever they are, and answers
// that go with them.
package nonnil

import (
	"errors"
	"fmt"
	"strconv"
)

// Parse sends an error and is not asked again.
func Parse(lines []string) (sum int, err error) {
	type parsed struct {
		n   int
		err error
	}
	for i, l := range lines {
		c := make(chan parsed)
		go func() {
			n, err := strconv.Atoi(l)
			if err != nil {
				c <- parsed{0, fmt.Errorf("line %d: %w", i, err)}
				return
			}
			c <- parsed{n, nil}
		}()
		p := <-c
		if p.err != nil {
			return sum, p.err
		}
		sum += p.n
	}
	return sum, nil
}

// Attempts goes on only after an error, which the goroutine always sends in
// that case.
func Attempts(n int, f func(int) bool) (failed int) {
	errs := make(chan error)
	for i := range n {
		go func() {
			if f(i) {
				errs <- nil
				return
			}
			errs <- errors.New("failed")
		}()
		if err := <-errs; err == nil {
			break
		}
		failed++
	}
	return failed
}

// Value sends a value exactly if there is no error.
func Value(get func() (string, error)) string {
	value := make(chan string)
	errs := make(chan error)
	go func() {
		v, err := get()
		errs <- err
		if err == nil {
			value <- v
		}
	}()
	if err := <-errs; err != nil {
		return err.Error()
	}
	return <-value
}

var errStop = errors.New("stop")

// Stop ends the sequence by an error of its own.
func Stop(items []string, visit func(string) bool) error {
	c := make(chan string)
	result := make(chan error)
	go func() {
		err := each(items, func(s string) error {
			if !visit(s) {
				return errStop
			}
			c <- s
			return nil
		})
		close(c)
		if errors.Is(err, errStop) {
			err = nil
		}
		result <- err
	}()
	for range c {
	}
	return <-result
}

func each(items []string, f func(string) error) error {
	for _, it := range items {
		if err := f(it); err != nil {
			return err
		}
	}
	return nil
}

// Typed tells by the type of what it receives.
func Typed(run func() error) (n int, err error) {
	msgs := make(chan any)
	go func() {
		msgs <- 1
		if err := run(); err != nil {
			msgs <- err
			return
		}
		msgs <- true
	}()
	for {
		switch m := (<-msgs).(type) { // false deadlock "receive from msgs blocks for ever"
		case int:
			n += m
		case error:
			return n, m
		case bool:
			return n, nil
		}
	}
}

// Found tells by a second result.
func Found(m map[string]string, key string) (string, bool) {
	type answer struct {
		text string
		ok   bool
	}
	c := make(chan answer)
	go func() {
		text, ok := m[key]
		c <- answer{text, ok}
		if ok {
			c <- answer{key, true}
		}
	}()
	a := <-c
	if !a.ok {
		return "", false
	}
	b := <-c
	return a.text + b.text, true
}
