// Package upload sends what a reader gives in chunks.
package upload

import (
	"io"
	"log"
	"sync"
)

const chunk = 128 << 10

var logging sync.Mutex

func logf(format string, args ...any) {
	logging.Lock()
	defer logging.Unlock()
	log.Printf(format, args...)
}

// Writer takes chunks.
type Writer interface{ WriteChunk(p []byte) error }

func chunks(r io.Reader, size int) chan []byte {
	if size <= chunk {
		size = chunk
	}
	out := make(chan []byte)
	go func() {
		offset := 0
		buf := make([]byte, size)
		for {
			n, err := r.Read(buf[offset : offset+chunk])
			offset += n
			if offset > 0 && (offset+chunk >= size || err != nil) {
				out <- buf[:offset] // want "send on out blocks for ever"
				offset = 0
				buf = make([]byte, size)
			}
			if err != nil {
				close(out)
				break
			}
		}
	}()
	return out
}

// Send sends all that r gives and closes what it returns when that is done.
func Send(w Writer, r io.Reader, size int) <-chan bool {
	done := make(chan bool)
	if r == nil {
		close(done)
		return done
	}
	go func(w Writer, r io.Reader) {
		in := chunks(r, size)
		for {
			p, ok := <-in
			if !ok {
				break
			}
			if err := w.WriteChunk(p); err != nil {
				logf("chunk not written: %v", err)
				break
			}
		}
		w.WriteChunk(nil)
		close(done)
	}(w, r)
	return done
}

func chunksFixed(r io.Reader, size int, stop <-chan bool) chan []byte {
	if size <= chunk {
		size = chunk
	}
	out := make(chan []byte)
	go func() {
		offset := 0
		buf := make([]byte, size)
		for {
			n, err := r.Read(buf[offset : offset+chunk])
			offset += n
			if offset > 0 && (offset+chunk >= size || err != nil) {
				select {
				case out <- buf[:offset]:
				case <-stop:
					return
				}
				offset = 0
				buf = make([]byte, size)
			}
			if err != nil {
				close(out)
				break
			}
		}
	}()
	return out
}

// SendFixed sends all that r gives and closes what it returns when that is done.
func SendFixed(w Writer, r io.Reader, size int) <-chan bool {
	done := make(chan bool)
	if r == nil {
		close(done)
		return done
	}
	go func(w Writer, r io.Reader) {
		in := chunksFixed(r, size, done)
		for {
			p, ok := <-in
			if !ok {
				break
			}
			if err := w.WriteChunk(p); err != nil {
				logf("chunk not written: %v", err)
				break
			}
		}
		w.WriteChunk(nil)
		close(done)
	}(w, r)
	return done
}
