package crosspkg

import (
	"fmt"
	"io"

	"example.com/corpus/goroutineleak/crosspkg/feed"
)

// Print prints the lines, and stops at the first that is too long.
func Print(w io.Writer, lines []string, limit int) error {
	c := make(chan string)
	go feed.Each(c, func(l string) { // want "never ends"
		fmt.Fprintln(w, l)
	})
	for n, l := range lines {
		if len(l) > limit {
			return fmt.Errorf("line %d is too long", n+1)
		}
		c <- l
	}
	close(c)
	return nil
}

// PrintFixed prints the lines, and stops at the first that is too long.
func PrintFixed(w io.Writer, lines []string, limit int) error {
	c := make(chan string)
	go feed.Each(c, func(l string) {
		fmt.Fprintln(w, l)
	})
	defer close(c)
	for n, l := range lines {
		if len(l) > limit {
			return fmt.Errorf("line %d is too long", n+1)
		}
		c <- l
	}
	return nil
}
