package nonnil

import (
	"net"
	"sync"
)

// Ports listens on some ports. Whoever listens has a listener: that is how it knows
// which ports are still open.
type Ports struct {
	mu    sync.Mutex
	wg    sync.WaitGroup
	ports []*port
}

type port struct {
	ln   net.Listener // nil if it is closed
	done chan struct{}
}

// Open listens on ports.
func Open(addrs []string) (*Ports, error) {
	p := &Ports{}
	for _, addr := range addrs {
		ln, err := net.Listen("tcp", addr)
		if err != nil {
			p.Close()
			return nil, err
		}
		p.wg.Add(1)
		p.ports = append(p.ports, &port{ln: ln, done: make(chan struct{})})
	}
	return p, nil
}

// Close closes the ports that are open.
func (p *Ports) Close() {
	p.mu.Lock()
	for _, q := range p.ports {
		if q.ln != nil {
			q.ln.Close()
			q.ln = nil
			close(q.done)
			p.wg.Done()
		}
	}
	p.mu.Unlock()
	p.wg.Wait()
}

// Greet waits for the greeting if there is a connection, and there is one if
// there is no error.
func Greet(addr string) error {
	conn, err := net.Dial("tcp", addr)
	greeted := make(chan error, 1)
	if conn != nil {
		go func() {
			_, err := conn.Write([]byte("hello"))
			greeted <- err
		}()
	}
	if err == nil {
		err = <-greeted
		conn.Close()
	}
	return err
}
