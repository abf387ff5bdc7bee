package locks

import "sync"

// Conn is served by a loop of its own, and what the loop uses is nobody else's.
type Conn struct {
	in     chan int
	frames frames
	f      *framer
}

type frames interface{ Append(n int) }

type framer struct {
	control, data sync.Mutex
	queue         []int
}

// Append is exported for the interface's sake: nobody outside gets a framer.
func (f *framer) Append(n int) {
	f.control.Lock()
	defer f.control.Unlock()
	f.data.Lock()
	defer f.data.Unlock()
	f.queue = append(f.queue, n)
}

func (f *framer) Reset() {
	f.data.Lock()
	defer f.data.Unlock()
	f.control.Lock()
	defer f.control.Unlock()
	f.queue = nil
}

func newConn() *Conn {
	f := &framer{}
	return &Conn{in: make(chan int), frames: f, f: f}
}

// Dial runs the loop in a goroutine that also does something else.
func Dial() *Conn {
	c := newConn()
	go func() {
		c.run()
		close(c.in)
	}()
	return c
}

// Accept runs the loop as a goroutine.
func Accept() *Conn {
	c := newConn()
	go c.run()
	return c
}

func (c *Conn) run() {
	for n := range c.in {
		c.handle(n)
	}
}

func (c *Conn) handle(n int) {
	if n < 0 {
		c.f.Reset()
		return
	}
	c.frames.Append(n)
}

// Shared is served by a loop, and its users can do what the loop does.
type Shared struct {
	in     chan int
	writer writer
	w      *framedWriter
}

type writer interface{ Write(n int) }

type framedWriter struct {
	control, data sync.Mutex
	queue         []int
}

func (f *framedWriter) Write(n int) {
	f.control.Lock()
	defer f.control.Unlock()
	f.data.Lock() // want `f.data is locked while f.control is held, elsewhere \(runloop.go:\d+\) the other way round`
	defer f.data.Unlock()
	f.queue = append(f.queue, n)
}

func (f *framedWriter) Reset() {
	f.data.Lock()
	defer f.data.Unlock()
	f.control.Lock()
	defer f.control.Unlock()
	f.queue = nil
}

func NewShared() *Shared {
	f := &framedWriter{}
	s := &Shared{in: make(chan int), writer: f, w: f}
	go s.run()
	return s
}

// Flush is called by whoever likes.
func (s *Shared) Flush() { s.w.Reset() }

func (s *Shared) Close() { close(s.in) }

func (s *Shared) run() {
	for n := range s.in {
		s.writer.Write(n)
	}
}
