package endless

import (
	"bufio"
	"fmt"
	"io"
)

// write writes entries in the order in which they come, until it is told to
// quit, and then what is left.
func write(w io.Writer, entries <-chan string, quit <-chan struct{}) {
	for {
		select {
		case e := <-entries:
			fmt.Fprintln(w, e)
		case <-quit:
			for {
				select {
				case e := <-entries: // want "receive from entries succeeds at once for ever"
					fmt.Fprintln(w, e)
				default:
					return
				}
			}
		}
	}
}

// Record writes the lines that it reads.
func Record(w io.Writer, r io.Reader) error {
	entries, quit := make(chan string, 16), make(chan struct{})
	go write(w, entries, quit)
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		entries <- lines.Text()
	}
	close(entries)
	close(quit)
	return lines.Err()
}

// writeFixed writes entries in the order in which they come, until it is told to
// quit, and then what is left.
func writeFixed(w io.Writer, entries <-chan string, quit <-chan struct{}) {
	for {
		select {
		case e, ok := <-entries:
			if !ok {
				return
			}
			fmt.Fprintln(w, e)
		case <-quit:
			for {
				select {
				case e, ok := <-entries:
					if !ok {
						return
					}
					fmt.Fprintln(w, e)
				default:
					return
				}
			}
		}
	}
}

// RecordFixed writes the lines that it reads.
func RecordFixed(w io.Writer, r io.Reader) error {
	entries, quit := make(chan string, 16), make(chan struct{})
	go writeFixed(w, entries, quit)
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		entries <- lines.Text()
	}
	close(entries)
	close(quit)
	return lines.Err()
}
