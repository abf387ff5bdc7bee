// Package quorum waits for some of several answers.
package quorum

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// A Node stores values.
type Node interface {
	Write(key, value string) error
	Read(key string) (string, error)
}

// ErrNoQuorum is returned when too few nodes answered.
var ErrNoQuorum = errors.New("no quorum")

// Write returns once most of the nodes have the value.
func Write(nodes []Node, key, value string) error {
	acks := make(chan error, len(nodes))
	for _, n := range nodes {
		go func() { acks <- n.Write(key, value) }()
	}
	need := len(nodes)/2 + 1
	failed := 0
	for ok := 0; ok < need; {
		if failed > len(nodes)-need {
			return ErrNoQuorum
		}
		if err := <-acks; err != nil {
			failed++
		} else {
			ok++
		}
	}
	return nil
}

// Read returns the first answer and cancels the others.
func Read(ctx context.Context, nodes []Node, key string) (string, error) {
	if len(nodes) == 0 {
		return "", ErrNoQuorum
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	values := make(chan string)
	errs := make(chan error, len(nodes))
	for _, n := range nodes {
		go func() {
			v, err := n.Read(key)
			if err != nil {
				errs <- err
				return
			}
			select {
			case values <- v:
			case <-ctx.Done():
			}
		}()
	}
	var last error
	for range nodes {
		select {
		case v := <-values:
			return v, nil
		case last = <-errs:
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
	return "", last
}

// FirstN returns the first n of the answers; the others are dropped.
func FirstN[T any](n int, ask []func() T) []T {
	n = min(n, len(ask))
	out := make(chan T, n)
	for _, f := range ask {
		go func() {
			select {
			case out <- f():
			default:
			}
		}()
	}
	got := make([]T, 0, n)
	for range n {
		got = append(got, <-out)
	}
	return got
}

// Hedge asks the second only if the first takes long.
func Hedge(first, second func() string, patience time.Duration) string {
	out := make(chan string, 2)
	go func() { out <- first() }()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case s := <-out:
		return s
	case <-timer.C:
		go func() { out <- second() }()
	}
	return <-out
}

// Majority returns what most of the voters say. All of them are heard.
func Majority(voters []func() bool) bool {
	votes := make(chan bool)
	for _, v := range voters {
		go func() { votes <- v() }()
	}
	yes := 0
	for i := 0; i < len(voters); i++ {
		if <-votes {
			yes++
		}
	}
	return yes > len(voters)/2
}

// Drained returns the first error, but takes all answers.
func Drained(checks map[string]func() error) error {
	errs := make(chan error)
	for name, c := range checks {
		go func() {
			if err := c(); err != nil {
				errs <- fmt.Errorf("%s: %w", name, err)
				return
			}
			errs <- nil
		}()
	}
	for n := len(checks); n > 0; n-- {
		if err := <-errs; err != nil {
			go func() {
				for n--; n > 0; n-- {
					<-errs
				}
			}()
			return err
		}
	}
	return nil
}
