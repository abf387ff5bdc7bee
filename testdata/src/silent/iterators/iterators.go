// Package iterators takes values from iterators and pipes.
package iterators

import (
	"bufio"
	"compress/gzip"
	"io"
	"iter"
)

// Zip stops what it has begun.
func Zip[A, B any](as iter.Seq[A], bs iter.Seq[B]) iter.Seq2[A, B] {
	return func(yield func(A, B) bool) {
		next, stop := iter.Pull(bs)
		defer stop()
		for a := range as {
			b, ok := next()
			if !ok || !yield(a, b) {
				return
			}
		}
	}
}

// Sum takes all values, after which there is nothing to stop.
func Sum(seq iter.Seq[int]) (sum int) {
	next, _ := iter.Pull(seq)
	for {
		v, ok := next()
		if !ok {
			return sum
		}
		sum += v
	}
}

// Reader gives the stop function to its owner.
type Reader struct {
	next func() (string, bool)
	stop func()
}

// NewReader reads the values of seq.
func NewReader(seq iter.Seq[string]) *Reader {
	r := new(Reader)
	r.next, r.stop = iter.Pull(seq)
	return r
}

// Read returns the next value.
func (r *Reader) Read() (string, error) {
	if s, ok := r.next(); ok {
		return s, nil
	}
	return "", io.EOF
}

// Close ends the reading.
func (r *Reader) Close() { r.stop() }

// Gzip tells the writer when the reader gives up.
func Gzip(src io.Reader, upload func(io.Reader) error) error {
	pr, pw := io.Pipe()
	go func() {
		zw := gzip.NewWriter(pw)
		_, err := io.Copy(zw, src)
		if e := zw.Close(); err == nil {
			err = e
		}
		pw.CloseWithError(err)
	}()
	err := upload(pr)
	pr.CloseWithError(err)
	return err
}

// Lines reads all that is written.
func Lines(write func(io.Writer) error) (n int, err error) {
	pr, pw := io.Pipe()
	go func() { pw.CloseWithError(write(pw)) }()
	s := bufio.NewScanner(pr)
	for s.Scan() {
		n++
	}
	pr.Close()
	return n, s.Err()
}

// Channel makes an iterator of a channel, whose sender is told when to end.
func Channel(produce func(int) string) iter.Seq[string] {
	return func(yield func(string) bool) {
		quit := make(chan struct{})
		defer close(quit)
		c := make(chan string)
		go func() {
			for i := 0; ; i++ {
				select {
				case c <- produce(i):
				case <-quit:
					return
				}
			}
		}()
		for s := range c {
			if !yield(s) {
				return
			}
		}
	}
}

// Until returns how many values come before the one that is looked for.
func Until(want string, produce func(int) string) (n int) {
	for s := range Channel(produce) {
		if s == want {
			break
		}
		n++
	}
	return n
}
