package crosspkg

import "example.com/corpus/goroutineleak/crosspkg/lines"

// Total counts the bytes of the lines.
func Total(list []string) (n int) {
	c := make(chan string)
	go lines.Feed(c, list)
	for l := range c { // want "range over c never ends"
		n += len(l)
	}
	return n
}

// TotalFixed counts the bytes of the lines.
func TotalFixed(list []string) (n int) {
	c := make(chan string)
	go lines.FeedAll(c, list)
	for l := range c {
		n += len(l)
	}
	return n
}
