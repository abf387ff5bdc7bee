// Package contract has types that are used as their documentation says.
package contract

import (
	"bufio"
	"io"
	"time"
)

// Ticker calls a function at intervals. Stop must be called exactly once.
type Ticker struct {
	quit chan struct{}
	done chan struct{}
}

// NewTicker starts a ticker.
func NewTicker(d time.Duration, f func()) *Ticker {
	t := &Ticker{make(chan struct{}), make(chan struct{})}
	go func() {
		defer close(t.done)
		for {
			select {
			case <-t.quit:
				return
			case <-time.After(d):
				f()
			}
		}
	}()
	return t
}

// Stop ends the ticker.
func (t *Ticker) Stop() {
	close(t.quit)
	<-t.done
}

// For ticks for some time.
func For(limit, d time.Duration, f func()) {
	t := NewTicker(d, f)
	time.Sleep(limit)
	t.Stop()
}

// Reader reads lines ahead. The user reads until Next returns false.
type Reader struct {
	lines chan string
	err   error
}

// NewReader starts to read.
func NewReader(r io.Reader) *Reader {
	l := &Reader{lines: make(chan string, 1)}
	go func() {
		defer close(l.lines)
		s := bufio.NewScanner(r)
		for s.Scan() {
			l.lines <- s.Text()
		}
		l.err = s.Err()
	}()
	return l
}

// Next returns the next line.
func (l *Reader) Next() (string, bool) {
	s, ok := <-l.lines
	return s, ok
}

// Err returns the error that ended the reading.
func (l *Reader) Err() error { return l.err }

// Copy copies the lines.
func Copy(w io.Writer, r io.Reader) (int, error) {
	l := NewReader(r)
	n := 0
	for s, ok := l.Next(); ok; s, ok = l.Next() {
		if _, err := io.WriteString(w, s+"\n"); err == nil {
			n++
		}
	}
	return n, l.Err()
}

// Config has channels that others made.
type Config struct {
	Events  <-chan string
	Replies chan<- string
	Stop    <-chan struct{}
}

// Run serves until Stop is closed, which is the matter of the owner.
func Run(c Config, answer func(string) string) {
	for {
		select {
		case e := <-c.Events:
			select {
			case c.Replies <- answer(e):
			case <-c.Stop:
				return
			}
		case <-c.Stop:
			return
		}
	}
}

// Start runs Run in the background.
func Start(c Config, answer func(string) string) { go Run(c, answer) }

// Conn is made by the user, who sets Closed.
type Conn struct {
	Closed chan struct{}
	Recv   func() (string, error)
}

// Forward sends what is received to a channel until the connection is closed.
func (c *Conn) Forward(dst chan<- string) {
	go func() {
		for {
			s, err := c.Recv()
			if err != nil {
				return
			}
			select {
			case dst <- s:
			case <-c.Closed:
				return
			}
		}
	}()
}
