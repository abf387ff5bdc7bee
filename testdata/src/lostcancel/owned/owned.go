// Package owned drops objects that own a context.
package owned

import (
	"context"
	"errors"

	"example.com/corpus/lostcancel/owned/session"
)

func register(id int) error {
	if id == 0 {
		return errors.New("no id")
	}
	return nil
}

// Open leaves the session's goroutine behind when it cannot be registered.
func Open(c session.Client) (*session.Session, error) {
	s, err := session.New(c) // want "s is dropped when Open returns at line 25, and with it the cancel function that ends its goroutine: call s.Close"
	if err != nil {
		return nil, err
	}
	if err := register(s.ID()); err != nil {
		return nil, err
	}
	return s, nil
}

// OpenFixed closes the session when it cannot be registered.
func OpenFixed(c session.Client) (*session.Session, error) {
	s, err := session.New(c)
	if err != nil {
		return nil, err
	}
	if err := register(s.ID()); err != nil {
		_ = s.Close()
		return nil, err
	}
	return s, nil
}

// Use closes the session in the end.
func Use(c session.Client, f func(int)) error {
	s, err := session.New(c)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := register(s.ID()); err != nil {
		return err
	}
	f(s.ID())
	return nil
}

// Keep needs the session as long as the process lives.
func Keep(c session.Client) (int, error) {
	s, err := session.New(c)
	if err != nil {
		return 0, err
	}
	if err := register(s.ID()); err != nil {
		return 0, err
	}
	return s.ID(), nil
}

// A Server holds sessions.
type Server struct{ sessions []*session.Session }

// Add keeps the session, whatever becomes of it.
func (v *Server) Add(c session.Client) error {
	s, err := session.New(c)
	if err != nil {
		return err
	}
	v.sessions = append(v.sessions, s)
	return register(s.ID())
}

// Captured is closed by a literal.
func Captured(c session.Client) (err error) {
	s, err := session.New(c)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = s.Close()
		}
	}()
	err = register(s.ID())
	return err
}

type watcher struct {
	ctx    context.Context
	cancel context.CancelFunc
	names  chan string
}

func newWatcher(ctx context.Context, names chan string) *watcher {
	w := &watcher{names: names}
	w.ctx, w.cancel = context.WithCancel(ctx)
	go w.run()
	return w
}

func (w *watcher) run() {
	for {
		select {
		case <-w.names:
		case <-w.ctx.Done():
			return
		}
	}
}

func (w *watcher) first() (string, error) {
	n, ok := <-w.names
	if !ok {
		return "", errors.New("no name")
	}
	return n, nil
}

func (w *watcher) Stop() { w.cancel() }

// Watch stops the watcher unless it sees nothing.
func Watch(ctx context.Context, names chan string) (string, error) {
	w := newWatcher(ctx, names) // want "w is dropped when Watch returns at line 135"
	n, err := w.first()
	if err != nil {
		return "", err
	}
	w.Stop()
	return n, nil
}

// Limited ends the context of the watcher.
func Limited(ctx context.Context, names chan string) (string, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	w := newWatcher(ctx, names)
	n, err := w.first()
	if err != nil {
		return "", err
	}
	w.Stop()
	return n, nil
}
