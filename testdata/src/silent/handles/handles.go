// Package handles has objects that give their clients others, which know them.
package handles

import (
	"sync"
)

type Server struct {
	mu    sync.Mutex
	conns map[*Conn]bool
	wg    sync.WaitGroup
}

type Conn struct {
	srv  *Server
	out  chan []byte
	quit chan struct{}
	once sync.Once
}

func NewServer() *Server { return &Server{conns: map[*Conn]bool{}} }

func (s *Server) Accept() *Conn {
	c := &Conn{srv: s, out: make(chan []byte, 1), quit: make(chan struct{})}
	s.mu.Lock()
	s.conns[c] = true
	s.mu.Unlock()
	s.wg.Add(1)
	go c.writeLoop()
	return c
}

// the loop gives back what Accept has counted.
func (c *Conn) writeLoop() {
	defer c.srv.wg.Done()
	for {
		select {
		case <-c.out:
		case <-c.quit:
			return
		}
	}
}

func (c *Conn) close() { c.once.Do(func() { close(c.quit) }) }

func (c *Conn) Close() {
	c.srv.mu.Lock()
	delete(c.srv.conns, c)
	c.srv.mu.Unlock()
	c.close()
}

func (s *Server) Close() {
	s.mu.Lock()
	for c := range s.conns {
		c.close()
	}
	s.mu.Unlock()
	s.wg.Wait()
}

// Take takes over what another server has; nobody has one take from itself.
func (s *Server) Take(from *Server) {
	s.mu.Lock()
	defer s.mu.Unlock()
	from.mu.Lock()
	defer from.mu.Unlock()
	for c := range from.conns {
		s.conns[c] = true
	}
	clear(from.conns)
}
