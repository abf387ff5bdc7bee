package hangs

import (
	"net"
	"sync/atomic"
)

// Server hands connections to a function, each in its own goroutine.
type Server struct {
	listener net.Listener
	ended    atomic.Bool
}

// NewServer makes a server.
func NewServer(l net.Listener) *Server { return &Server{listener: l} }

// Accept serves until Close.
func (s *Server) Accept(serve func(net.Conn) error) {
	for !s.ended.Load() {
		conn, err := s.listener.Accept()
		if err != nil {
			return
		}
		go serve(conn)
	}
}

// Close ends Accept.
func (s *Server) Close() {
	if s.ended.CompareAndSwap(false, true) {
		s.listener.Close()
	}
}
