// Package frames has a writer that works by a goroutine of its own.
package frames

import "io"

type state int

const (
	fresh state = iota
	writing
)

// Writer writes blocks behind a header.
type Writer struct {
	dst    io.Writer
	states []state // what follows on what
	state  state
	head   [4]byte
	blocks chan []byte
	done   chan struct{}
}

// NewWriter returns a writer that needs a Reset.
func NewWriter() *Writer { return &Writer{states: []state{fresh, writing}} }

// Reset begins anew.
func (w *Writer) Reset(dst io.Writer) {
	w.dst, w.blocks = dst, nil
	w.state = w.states[0]
}

// Write hands a block to the goroutine.
func (w *Writer) Write(p []byte) (int, error) {
	if w.state == fresh {
		w.head[0] = byte(len(p))
		if _, err := w.dst.Write(w.head[:]); err != nil {
			return 0, err
		}
		w.blocks, w.done = make(chan []byte), make(chan struct{})
		go w.run()
		w.state = w.states[1]
	}
	w.blocks <- p
	return len(p), nil
}

func (w *Writer) run() {
	defer close(w.done)
	for b := range w.blocks {
		w.dst.Write(b)
	}
}

// Close waits until all is written.
func (w *Writer) Close() error {
	if w.blocks != nil {
		close(w.blocks)
		<-w.done
		w.blocks = nil
	}
	return nil
}
