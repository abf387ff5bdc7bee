// Package ranges ranges over functions that nobody knows.
package ranges

import "iter"

// Feed sends what a sequence yields, to one who takes only the first.
func Feed(seq iter.Seq[int]) int {
	c := make(chan int)
	go func() {
		defer close(c)
		for v := range seq {
			c <- v // stuck: Feed
		}
	}()
	return <-c
}

// FeedAll takes them all.
func FeedAll(seq iter.Seq[int]) (sum int) {
	c := make(chan int)
	go func() {
		defer close(c)
		for v := range seq {
			c <- v
		}
	}()
	for v := range c {
		sum += v
	}
	return sum
}

// Pairs stops its sequence on every path but one.
func Pairs[A, B any](as iter.Seq[A], bs iter.Seq[B], pair func(A, B)) int {
	next, stop := iter.Pull(bs) // stuck: Pairs
	n := 0
	for a := range as {
		b, ok := next()
		if !ok {
			stop()
			return n
		}
		pair(a, b)
		n++
	}
	if n == 0 {
		stop()
	}
	return n
}
