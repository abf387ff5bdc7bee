// Package intest has tests that leave goroutines behind.
package intest

import "sync/atomic"

// Calls counts calls, among other things those that have ended.
type Calls struct{ begun, ended atomic.Int32 }

// Feed sends n numbers to out.
func Feed(c *Calls, out chan<- int, n int) {
	c.begun.Add(1)
	defer c.ended.Add(1)
	for i := range n {
		out <- i
	}
}
