package lifecycle

import "sync"

// Conn is one side of a connection.
type Conn struct {
	Log func(string)

	done chan struct{}
	mu   sync.Mutex
}

// NewConn returns an open connection.
func NewConn(log func(string)) *Conn {
	return &Conn{Log: log, done: make(chan struct{})}
}

// Close closes the connection. It may be called several times.
func (c *Conn) Close() {
	select {
	case <-c.done:
		return
	default:
	}
	c.Log("closing")
	close(c.done) // want "close of closed channel c.done"
}

// Done is closed when the connection is.
func (c *Conn) Done() <-chan struct{} { return c.done }

// ConnFixed is one side of a connection.
type ConnFixed struct {
	Log func(string)

	done chan struct{}
	mu   sync.Mutex
}

// NewConnFixed returns an open connection.
func NewConnFixed(log func(string)) *ConnFixed {
	return &ConnFixed{Log: log, done: make(chan struct{})}
}

// Close closes the connection. It may be called several times.
func (c *ConnFixed) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	select {
	case <-c.done:
		return
	default:
	}
	c.Log("closing")
	close(c.done)
}

// Done is closed when the connection is.
func (c *ConnFixed) Done() <-chan struct{} { return c.done }
