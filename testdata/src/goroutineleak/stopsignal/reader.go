package stopsignal

import (
	"io"
	"sync"
)

// Reader reads blocks ahead.
type Reader struct {
	src    io.Reader
	blocks chan []byte
	errs   chan error
	done   chan struct{}
	once   sync.Once
}

// NewReader starts reading.
func NewReader(src io.Reader) *Reader {
	r := &Reader{src: src, blocks: make(chan []byte), errs: make(chan error, 1), done: make(chan struct{})}
	go r.run()
	return r
}

func (r *Reader) run() {
	for {
		b := make([]byte, 16)
		n, err := r.src.Read(b)
		if err != nil {
			r.errs <- err
			return
		}
		r.blocks <- b[:n] // want "send on r.blocks blocks for ever when Close is called"
	}
}

// Next returns the next block. Who is told of the end does not come again.
func (r *Reader) Next() ([]byte, error) {
	select {
	case b := <-r.blocks:
		return b, nil
	case err := <-r.errs:
		return nil, err
	case <-r.done:
		return nil, io.ErrClosedPipe
	}
}

// Close ends reading.
func (r *Reader) Close() error {
	r.once.Do(func() { close(r.done) })
	return nil
}

// ReaderFixed reads blocks ahead.
type ReaderFixed struct {
	src    io.Reader
	blocks chan []byte
	errs   chan error
	done   chan struct{}
	once   sync.Once
}

// NewReaderFixed starts reading.
func NewReaderFixed(src io.Reader) *ReaderFixed {
	r := &ReaderFixed{src: src, blocks: make(chan []byte), errs: make(chan error, 1), done: make(chan struct{})}
	go r.run()
	return r
}

func (r *ReaderFixed) run() {
	for {
		b := make([]byte, 16)
		n, err := r.src.Read(b)
		if err != nil {
			r.errs <- err
			return
		}
		select {
		case r.blocks <- b[:n]:
		case <-r.done:
			return
		}
	}
}

// Next returns the next block.
func (r *ReaderFixed) Next() ([]byte, error) {
	select {
	case b := <-r.blocks:
		return b, nil
	case err := <-r.errs:
		return nil, err
	case <-r.done:
		return nil, io.ErrClosedPipe
	}
}

// Close ends reading.
func (r *ReaderFixed) Close() error {
	r.once.Do(func() { close(r.done) })
	return nil
}

// Drained reads blocks ahead; Close takes those that are left.
type Drained struct {
	src    io.Reader
	blocks chan []byte
	done   chan struct{}
	once   sync.Once
}

// NewDrained starts reading.
func NewDrained(src io.Reader) *Drained {
	r := &Drained{src: src, blocks: make(chan []byte), done: make(chan struct{})}
	go r.run()
	return r
}

func (r *Drained) run() {
	defer close(r.blocks)
	for {
		b := make([]byte, 16)
		n, err := r.src.Read(b)
		if err != nil {
			return
		}
		r.blocks <- b[:n]
	}
}

// Next returns the next block.
func (r *Drained) Next() ([]byte, error) {
	select {
	case b := <-r.blocks:
		return b, nil
	case <-r.done:
		return nil, io.ErrClosedPipe
	}
}

// Close ends reading when the source has come to its end.
func (r *Drained) Close() error {
	r.once.Do(func() {
		close(r.done)
		for range r.blocks {
		}
	})
	return nil
}
