// Package intest has tests that leave goroutines behind.
package intest

// Feed sends n numbers to out.
func Feed(out chan<- int, n int) {
	for i := range n {
		out <- i
	}
}
