package locking

import "sync"

// Conn writes answers, one at a time.
type Conn struct {
	write func(*Reply) error
	mu    sync.Mutex
}

// Reply is what is written with what is to be released at the end.
type Reply struct {
	Words []string
	conn  *Conn
}

func (c *Conn) begin() *Reply {
	c.mu.Lock() // until end
	return &Reply{conn: c}
}

func (r *Reply) end() { r.conn.mu.Unlock() }

// Answer writes one answer. Who writes it gets hold of what leads to the lock, and
// may have changed that, for all that is known here.
func (c *Conn) Answer(words []string) error {
	r := c.begin()
	defer r.end()
	r.Words = words
	return c.write(r)
}

// Feed has what is still to be written.
type Feed struct {
	mu   sync.Mutex
	more chan struct{}
	todo [][]string
}

// Add adds what is to be written.
func (f *Feed) Add(words []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.todo = append(f.todo, words)
	select {
	case f.more <- struct{}{}:
	default:
	}
}

// Serve writes what there is, each as an answer.
func (f *Feed) Serve(c *Conn, stop <-chan struct{}) error {
	more := make(chan struct{}, 64)
	f.mu.Lock()
	f.more = more
	f.mu.Unlock()
	for {
		select {
		case <-more:
			f.mu.Lock()
			todo := f.todo
			f.todo = nil
			f.mu.Unlock()
			for _, words := range todo {
				if err := c.Answer(words); err != nil {
					return err
				}
			}
		case <-stop:
			return nil
		}
	}
}
