package crosspkg

import (
	"example.com/corpus/goroutineleak/crosspkg/lines"
	"example.com/corpus/goroutineleak/crosspkg/task"
)

// Copy sends the lines on and ends.
func Copy(list []string) (out []string) {
	c := make(chan string, len(list))
	lines.FeedAll(c, list)
	close(c) // want "close of closed channel c panics"
	for l := range c {
		out = append(out, l)
	}
	return out
}

// CopyFixed sends the lines on and ends.
func CopyFixed(list []string) (out []string) {
	c := make(chan string, len(list))
	lines.FeedAll(c, list)
	for l := range c {
		out = append(out, l)
	}
	return out
}

// Last sends the lines, and a last one.
func Last(list []string) (out []string) {
	c := make(chan string, len(list)+1)
	lines.FeedAll(c, list)
	c <- "end" // want "send on closed channel c panics"
	for l := range c {
		out = append(out, l)
	}
	return out
}

// LastFixed sends the lines, and a last one.
func LastFixed(list []string) (out []string) {
	c := make(chan string, len(list)+1)
	lines.Feed(c, list)
	c <- "end"
	close(c)
	for l := range c {
		out = append(out, l)
	}
	return out
}

// Finish ends a channel and lets another package do the same.
func Finish(list []string) (n int) {
	c := make(chan string, len(list))
	lines.Feed(c, list)
	defer task.Finish(c) // want "panics"
	close(c)
	for range c {
		n++
	}
	return n
}

// FinishFixed lets another package end a channel.
func FinishFixed(list []string) (n int) {
	c := make(chan string, len(list))
	lines.Feed(c, list)
	task.Finish(c)
	for range c {
		n++
	}
	return n
}
