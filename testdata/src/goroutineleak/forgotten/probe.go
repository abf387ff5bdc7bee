package forgotten

import (
	"context"
	"io"
	"sort"
)

// Session keeps a connection to a device.
type Session struct {
	dev    io.Closer
	cancel context.CancelFunc
	closed chan struct{}
}

// NewSession takes over the device.
func NewSession(dev io.Closer) *Session {
	ctx, cancel := context.WithCancel(context.Background())
	s := &Session{dev: dev, cancel: cancel, closed: make(chan struct{})}
	go func() {
		<-ctx.Done()
		s.dev.Close()
		close(s.closed)
	}()
	return s
}

// Close gives the device back.
func (s *Session) Close() {
	s.cancel()
	<-s.closed
}

// Probe tells which of the devices answer.
func Probe(devs map[string]io.Closer, ask func(string) error) []string {
	var alive []string
	for name, d := range devs {
		s := NewSession(d) // want "NewSession starts never ends when Probe returns at line 46: Close would end it"
		if err := ask(name); err != nil {
			continue
		}
		alive = append(alive, name)
		s.Close()
	}
	sort.Strings(alive)
	return alive
}

// SessionFixed keeps a connection to a device.
type SessionFixed struct {
	dev    io.Closer
	cancel context.CancelFunc
	closed chan struct{}
}

// NewSessionFixed takes over the device.
func NewSessionFixed(dev io.Closer) *SessionFixed {
	ctx, cancel := context.WithCancel(context.Background())
	s := &SessionFixed{dev: dev, cancel: cancel, closed: make(chan struct{})}
	go func() {
		<-ctx.Done()
		s.dev.Close()
		close(s.closed)
	}()
	return s
}

// Close gives the device back.
func (s *SessionFixed) Close() {
	s.cancel()
	<-s.closed
}

// ProbeFixed tells which of the devices answer.
func ProbeFixed(devs map[string]io.Closer, ask func(string) error) []string {
	var alive []string
	for name, d := range devs {
		s := NewSessionFixed(d)
		if err := ask(name); err != nil {
			s.Close()
			continue
		}
		alive = append(alive, name)
		s.Close()
	}
	sort.Strings(alive)
	return alive
}
