package zero

import "time"

// Options of Expire.
type Options struct{ At time.Time }

// Expire waits for the time, but the options it looks at are empty.
func Expire(get func() int) int {
	var o Options
	c := make(chan int)
	go func() {
		c <- get() // want "send on c blocks for ever"
	}()
	if !o.At.IsZero() {
		return <-c
	}
	return 0
}

// ExpireFixed waits for the time, if there is one.
func ExpireFixed(get func() int) int {
	var o Options
	c := make(chan int)
	go func() { c <- get() }()
	if o.At.IsZero() {
		return <-c
	}
	return 0
}
