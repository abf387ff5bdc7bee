// Package pieces counts what goes through a pipe: a Read takes what its buffer
// has room for, and the rest of a Write is there for the next one.
package pieces

import "io"

// Lengths tells the length of each write: the buffer has room for all of it.
func Lengths() []int {
	c := make(chan int)
	r, w := io.Pipe()
	go report(r, c)
	var got []int
	buf := make([]byte, 64)
	for i := range 5 {
		w.Write(buf[:5+i*10])
		got = append(got, <-c)
	}
	w.Close()
	return append(got, <-c)
}

func report(r io.Reader, c chan<- int) {
	buf := make([]byte, 64)
	for {
		n, err := r.Read(buf)
		if err == io.EOF {
			c <- 0
			return
		}
		c <- n
	}
}

// Split reads in small pieces what some goroutines write in larger ones.
func Split() []byte {
	r, w := io.Pipe()
	for range 3 {
		go w.Write(make([]byte, 16))
	}
	buf := make([]byte, 48)
	for i := 0; i < len(buf); i += 4 {
		if n, err := r.Read(buf[i : i+4]); n != 4 || err != nil {
			break
		}
	}
	return buf
}
