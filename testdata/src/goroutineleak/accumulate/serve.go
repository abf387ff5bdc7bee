// Package accumulate starts goroutines in loops without end.
package accumulate

import (
	"context"
	"net"
	"sync"
)

// A Server serves connections until it is stopped.
type Server struct {
	stop chan struct{}
	jobs chan func()
	wg   sync.WaitGroup
}

// NewServer returns a server that takes jobs.
func NewServer(jobs chan func()) *Server {
	return &Server{stop: make(chan struct{}), jobs: jobs}
}

// Stop stops the server, once.
func (s *Server) Stop() { close(s.stop) }

func (s *Server) stopping() <-chan struct{} { return s.stop }

// Serve keeps a goroutine for each connection until ctx ends.
func Serve(ctx context.Context, l net.Listener, handle func(net.Conn)) error {
	for {
		conn, err := l.Accept()
		if err != nil {
			return err
		}
		go func() {
			<-ctx.Done() // want "receive from ctx.Done.. alone, in a goroutine for each round"
			conn.Close()
		}()
		go handle(conn)
	}
}

// ServeFixed ends the goroutine with the connection.
func ServeFixed(ctx context.Context, l net.Listener, handle func(net.Conn)) error {
	for {
		conn, err := l.Accept()
		if err != nil {
			return err
		}
		ended := make(chan struct{})
		go func() {
			select {
			case <-ctx.Done():
			case <-ended:
			}
			conn.Close()
		}()
		go func() {
			defer close(ended)
			handle(conn)
		}()
	}
}

// ServeAfter has nothing wait.
func ServeAfter(ctx context.Context, l net.Listener, handle func(net.Conn)) error {
	for {
		conn, err := l.Accept()
		if err != nil {
			return err
		}
		go func() {
			stop := context.AfterFunc(ctx, func() { conn.Close() })
			defer stop()
			handle(conn)
		}()
	}
}

// ServeDerived has a context for each connection.
func ServeDerived(parent context.Context, l net.Listener, handle func(context.Context, net.Conn)) error {
	for {
		conn, err := l.Accept()
		if err != nil {
			return err
		}
		ctx, cancel := context.WithCancel(parent)
		go func() {
			<-ctx.Done()
			conn.Close()
		}()
		go func() {
			defer cancel()
			handle(ctx, conn)
		}()
	}
}

// Run starts each through a helper.
func (s *Server) Run(l net.Listener, handle func(net.Conn)) {
	for {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		s.work(func() {
			<-s.stopping() // want "receive from s.stopping.. alone"
			conn.Close()
		})
		s.work(func() { handle(conn) })
		s.now(func() {
			<-s.stopping()
			conn.Close()
		})
	}
}

func (s *Server) work(f func()) {
	s.wg.Add(1)
	go func() {
		defer s.wg.Done()
		f()
	}()
}

func (s *Server) now(f func()) { f() }

// Jobs undoes each job when the server stops.
func (s *Server) Jobs(undo func()) {
	for job := range s.jobs {
		job()
		go func() {
			<-s.stop // want "receive from s.stop alone"
			undo()
		}()
	}
}

// First starts one only.
func First(ctx context.Context, l net.Listener, handle func(net.Conn)) error {
	for {
		conn, err := l.Accept()
		if err != nil {
			continue
		}
		go func() {
			<-ctx.Done()
			conn.Close()
		}()
		handle(conn)
		return nil
	}
}

// Workers starts as many as there are names.
func Workers(ctx context.Context, names []string, end func(string)) {
	for _, n := range names {
		go func() {
			<-ctx.Done()
			end(n)
		}()
	}
}

// Turns has each round stop the goroutine of the one before.
func Turns(rounds <-chan int, f func(int)) {
	stop := make(chan struct{})
	for n := range rounds {
		close(stop)
		stop = make(chan struct{})
		go func() {
			<-stop
			f(n)
		}()
	}
	close(stop)
}

// Tokens gives every goroutine a turn.
func Tokens(done chan struct{}, rounds <-chan int, f func(int)) {
	for n := range rounds {
		go func() {
			<-done
			f(n)
		}()
		done <- struct{}{}
	}
}
