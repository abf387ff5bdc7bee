// Package shutdown ends servers in an orderly way.
package shutdown

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"time"
)

// Serve serves HTTP until ctx ends.
func Serve(ctx context.Context, ln net.Listener, h http.Handler) error {
	srv := &http.Server{Handler: h}
	errc := make(chan error, 1)
	go func() { errc <- srv.Serve(ln) }()
	select {
	case err := <-errc:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	err := srv.Shutdown(grace)
	if e := <-errc; !errors.Is(e, http.ErrServerClosed) {
		err = errors.Join(err, e)
	}
	return err
}

// Server accepts connections and handles each in a goroutine.
type Server struct {
	ln     net.Listener
	handle func(net.Conn)
	wg     sync.WaitGroup
	quit   chan struct{}

	mu    sync.Mutex
	conns map[net.Conn]struct{}
}

// Listen starts a server.
func Listen(ln net.Listener, handle func(net.Conn)) *Server {
	s := &Server{ln: ln, handle: handle, quit: make(chan struct{}), conns: map[net.Conn]struct{}{}}
	s.wg.Add(1)
	go s.accept()
	return s
}

func (s *Server) accept() {
	defer s.wg.Done()
	for {
		c, err := s.ln.Accept()
		if err != nil {
			select {
			case <-s.quit:
				return
			default:
			}
			if errors.Is(err, net.ErrClosed) {
				return
			}
			continue
		}
		if !s.track(c) {
			c.Close()
			return
		}
		s.wg.Add(1)
		go func() {
			defer s.wg.Done()
			defer s.untrack(c)
			s.handle(c)
		}()
	}
}

func (s *Server) track(c net.Conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case <-s.quit:
		return false
	default:
	}
	s.conns[c] = struct{}{}
	return true
}

func (s *Server) untrack(c net.Conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.conns, c)
	c.Close()
}

// Close closes the listener and the connections, and waits for the handlers.
func (s *Server) Close() error {
	s.mu.Lock()
	select {
	case <-s.quit:
		s.mu.Unlock()
		return net.ErrClosed
	default:
	}
	close(s.quit)
	err := s.ln.Close()
	for c := range s.conns {
		c.Close()
	}
	s.mu.Unlock()
	s.wg.Wait()
	return err
}

// Component is a part of a process.
type Component struct {
	Name string
	Run  func(ctx context.Context) error
}

// Run runs the components until one fails or ctx ends, and waits for all.
func Run(ctx context.Context, parts ...Component) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	errs := make(chan error)
	for _, p := range parts {
		go func() { errs <- p.Run(ctx) }()
	}
	var first error
	for range parts {
		if err := <-errs; err != nil && first == nil {
			first = err
			cancel()
		}
	}
	return first
}

// Drainer takes jobs until Close, and does all it has taken.
type Drainer struct {
	mu     sync.RWMutex
	closed bool
	jobs   chan func()
	idle   chan struct{}
}

// NewDrainer starts a drainer.
func NewDrainer() *Drainer {
	d := &Drainer{jobs: make(chan func(), 4), idle: make(chan struct{})}
	go func() {
		defer close(d.idle)
		for j := range d.jobs {
			j()
		}
	}()
	return d
}

// Submit hands over a job. It returns false after Close.
func (d *Drainer) Submit(job func()) bool {
	d.mu.RLock()
	defer d.mu.RUnlock()
	if d.closed {
		return false
	}
	d.jobs <- job
	return true
}

// Close waits for the jobs.
func (d *Drainer) Close() {
	d.mu.Lock()
	if !d.closed {
		d.closed = true
		close(d.jobs)
	}
	d.mu.Unlock()
	<-d.idle
}
