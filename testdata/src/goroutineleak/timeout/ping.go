package timeout

import (
	"errors"
	"fmt"
	"time"
)

// ErrTimeout is returned when an answer took too long.
var ErrTimeout = errors.New("timeout")

// Conn is a connection to a node.
type Conn interface {
	RoundTrip(msg string) (string, error)
}

// Ping measures how long a node takes to answer.
func Ping(c Conn, limit time.Duration) (time.Duration, error) {
	begin := time.Now()
	errc := make(chan error)
	go func() {
		reply, err := c.RoundTrip("ping")
		if err == nil && reply != "pong" {
			err = fmt.Errorf("unexpected reply %q", reply)
		}
		errc <- err // want "send on errc blocks for ever"
	}()
	select {
	case err := <-errc:
		if err != nil {
			return 0, err
		}
		return time.Since(begin), nil
	case <-time.After(limit):
		return 0, ErrTimeout
	}
}

// PingFixed measures how long a node takes to answer.
func PingFixed(c Conn, limit time.Duration) (time.Duration, error) {
	begin := time.Now()
	errc := make(chan error, 1)
	go func() {
		reply, err := c.RoundTrip("ping")
		if err == nil && reply != "pong" {
			err = fmt.Errorf("unexpected reply %q", reply)
		}
		errc <- err
	}()
	select {
	case err := <-errc:
		if err != nil {
			return 0, err
		}
		return time.Since(begin), nil
	case <-time.After(limit):
		return 0, ErrTimeout
	}
}
