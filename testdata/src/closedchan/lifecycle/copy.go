package lifecycle

import (
	"io"
	"sync"
	"time"
)

// buffer takes lines and writes them in the background.
type buffer struct {
	lines chan string
	done  sync.WaitGroup
	dst   io.Writer
}

func (b *buffer) write() {
	defer b.done.Done()
	for l := range b.lines {
		io.WriteString(b.dst, l)
	}
}

func (b *buffer) add(l string) {
	b.lines <- l // want "send on closed channel b.lines"
}

func (b *buffer) close() {
	close(b.lines)
	b.done.Wait()
}

// Copy copies lines until the source ends, or the time is up.
func Copy(dst io.Writer, next func() (string, bool), limit time.Duration) {
	b := &buffer{lines: make(chan string), dst: dst}
	b.done.Add(1)
	go b.write()
	end := make(chan struct{})
	go func() {
		defer close(end)
		for l, ok := next(); ok; l, ok = next() {
			b.add(l)
		}
	}()
	select {
	case <-end:
	case <-time.After(limit):
	}
	b.close()
}

// bufferFixed takes lines and writes them in the background.
type bufferFixed struct {
	lines chan string
	quit  chan struct{}
	done  sync.WaitGroup
	dst   io.Writer
}

func (b *bufferFixed) write() {
	defer b.done.Done()
	for {
		select {
		case l := <-b.lines:
			io.WriteString(b.dst, l)
		case <-b.quit:
			return
		}
	}
}

func (b *bufferFixed) add(l string) {
	select {
	case b.lines <- l:
	case <-b.quit:
	}
}

func (b *bufferFixed) close() {
	close(b.quit)
	b.done.Wait()
}

// CopyFixed copies lines until the source ends, or the time is up.
func CopyFixed(dst io.Writer, next func() (string, bool), limit time.Duration) {
	b := &bufferFixed{lines: make(chan string), dst: dst}
	b.quit = make(chan struct{})
	b.done.Add(1)
	go b.write()
	end := make(chan struct{})
	go func() {
		defer close(end)
		for l, ok := next(); ok; l, ok = next() {
			b.add(l)
		}
	}()
	select {
	case <-end:
	case <-time.After(limit):
	}
	b.close()
}
