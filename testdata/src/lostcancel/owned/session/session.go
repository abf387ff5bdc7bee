// Package session has sessions that are kept alive.
package session

import (
	"context"
	"errors"
	"sync"
)

// A Client keeps things alive.
type Client interface {
	KeepAlive(ctx context.Context) (<-chan int, error)
}

// A Session is kept alive until it is closed.
type Session struct {
	id     int
	cancel context.CancelFunc
	done   chan struct{}
	once   sync.Once
}

// New opens a session. Its goroutine lives until the session is closed.
func New(c Client) (*Session, error) {
	ctx, cancel := context.WithCancel(context.Background())
	alive, err := c.KeepAlive(ctx)
	if err != nil {
		cancel()
		return nil, err
	}
	s := &Session{id: 1, cancel: cancel, done: make(chan struct{})}
	go func() {
		defer close(s.done)
		for range alive {
		}
	}()
	return s, nil
}

// ID is the number of the session.
func (s *Session) ID() int { return s.id }

func (s *Session) orphan() {
	s.cancel()
	<-s.done
}

// Close ends the session.
func (s *Session) Close() error {
	s.once.Do(s.orphan)
	if s.id == 0 {
		return errors.New("no session")
	}
	return nil
}
