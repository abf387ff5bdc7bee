package serviceloop

import "io"

// Reader reads chunks of a stream ahead of its user.
type Reader struct {
	src    io.Reader
	chunks chan []byte
	quit   chan struct{}
}

// NewReader starts to read.
func NewReader(src io.Reader) *Reader {
	r := &Reader{src: src, chunks: make(chan []byte, 4), quit: make(chan struct{})}
	go r.loop()
	return r
}

func (r *Reader) loop() {
	defer close(r.chunks)
	for {
		buf := make([]byte, 512)
		n, err := r.src.Read(buf)
		if err != nil {
			return
		}
		select {
		case r.chunks <- buf[:n]:
		case <-r.quit:
			return
		}
	}
}

// Next returns the next chunk.
func (r *Reader) Next() ([]byte, error) {
	if chunk, ok := <-r.chunks; ok {
		return chunk, nil
	}
	return nil, io.EOF
}

// Stop ends the reading.
func (r *Reader) Stop() {
	r.quit <- struct{}{} // want "send on r.quit blocks for ever"
}

// ReaderFixed reads chunks of a stream ahead of its user.
type ReaderFixed struct {
	src    io.Reader
	chunks chan []byte
	quit   chan struct{}
}

// NewReaderFixed starts to read.
func NewReaderFixed(src io.Reader) *ReaderFixed {
	r := &ReaderFixed{src: src, chunks: make(chan []byte, 4), quit: make(chan struct{}, 1)}
	go r.loop()
	return r
}

func (r *ReaderFixed) loop() {
	defer close(r.chunks)
	for {
		buf := make([]byte, 512)
		n, err := r.src.Read(buf)
		if err != nil {
			return
		}
		select {
		case r.chunks <- buf[:n]:
		case <-r.quit:
			return
		}
	}
}

// Next returns the next chunk.
func (r *ReaderFixed) Next() ([]byte, error) {
	if chunk, ok := <-r.chunks; ok {
		return chunk, nil
	}
	return nil, io.EOF
}

// Stop ends the reading.
func (r *ReaderFixed) Stop() {
	select {
	case r.quit <- struct{}{}:
	default:
	}
}
