package serviceloop

import (
	"bufio"
	"io"
)

// Writer writes lines in the background and reports when they are written.
type Writer struct {
	lines chan string
	sync  chan chan error
	dead  chan struct{}
}

// NewWriter starts a writer, which gives up at the first error.
func NewWriter(w io.Writer) *Writer {
	b := &Writer{lines: make(chan string), sync: make(chan chan error), dead: make(chan struct{})}
	go b.loop(bufio.NewWriter(w))
	return b
}

func (b *Writer) loop(w *bufio.Writer) {
	defer close(b.dead)
	for {
		select {
		case l, ok := <-b.lines:
			if !ok {
				return
			}
			if _, err := w.WriteString(l + "\n"); err != nil {
				return
			}
		case done := <-b.sync:
			err := w.Flush()
			if err != nil {
				return
			}
			done <- nil
		}
	}
}

// Sync waits until all lines are written.
func (b *Writer) Sync() error {
	done := make(chan error, 1)
	select {
	case b.sync <- done:
		return <-done // want "receive from done blocks for ever"
	case <-b.dead:
		return io.ErrClosedPipe
	}
}

// WriteAll writes the lines and waits for them.
func WriteAll(w io.Writer, lines ...string) error {
	b := NewWriter(w)
	defer close(b.lines)
	for _, l := range lines {
		select {
		case b.lines <- l:
		case <-b.dead:
			return io.ErrShortWrite
		}
	}
	return b.Sync()
}

// WriterFixed writes lines in the background and reports when they are written.
type WriterFixed struct {
	lines chan string
	sync  chan chan error
	dead  chan struct{}
}

// NewWriterFixed starts a writer, which gives up at the first error.
func NewWriterFixed(w io.Writer) *WriterFixed {
	b := &WriterFixed{lines: make(chan string), sync: make(chan chan error), dead: make(chan struct{})}
	go b.loop(bufio.NewWriter(w))
	return b
}

func (b *WriterFixed) loop(w *bufio.Writer) {
	defer close(b.dead)
	for {
		select {
		case l, ok := <-b.lines:
			if !ok {
				return
			}
			if _, err := w.WriteString(l + "\n"); err != nil {
				return
			}
		case done := <-b.sync:
			err := w.Flush()
			if err != nil {
				done <- err
				return
			}
			done <- nil
		}
	}
}

// Sync waits until all lines are written.
func (b *WriterFixed) Sync() error {
	done := make(chan error, 1)
	select {
	case b.sync <- done:
		return <-done
	case <-b.dead:
		return io.ErrClosedPipe
	}
}

// WriteAllFixed writes the lines and waits for them.
func WriteAllFixed(w io.Writer, lines ...string) error {
	b := NewWriterFixed(w)
	defer close(b.lines)
	for _, l := range lines {
		select {
		case b.lines <- l:
		case <-b.dead:
			return io.ErrShortWrite
		}
	}
	return b.Sync()
}
