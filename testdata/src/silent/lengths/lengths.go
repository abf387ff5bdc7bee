// Package lengths counts the elements of slices that were changed.
package lengths

import "slices"

// Plus has one more than it is given.
func Plus(first func() int, more ...func() int) int {
	all := append([]func() int{first}, more...)
	c := make(chan int, len(all))
	for _, f := range all {
		go func() { c <- f() }()
	}
	return <-c
}

// Behind appends to what it is given.
func Behind(last func() int, fns []func() int) int {
	c := make(chan int, 1+len(fns))
	for _, f := range append(fns[:len(fns):len(fns)], last) {
		go func() { c <- f() }()
	}
	return <-c
}

// Halves splits a slice in two.
func Halves(items []int, f func(int) int) (sum int) {
	mid := len(items) / 2
	c := make(chan int)
	for _, half := range [][]int{items[:mid], items[mid:]} {
		go func() {
			s := 0
			for _, v := range half {
				s += f(v)
			}
			c <- s
		}()
	}
	return <-c + <-c
}

// Tail leaves out the first.
func Tail(words []string, f func(string) int) (sum int) {
	if len(words) < 2 {
		return 0
	}
	tail := words[1:]
	c := make(chan int)
	for _, w := range tail {
		go func() { c <- f(w) }()
	}
	for i := 1; i < len(words); i++ {
		sum += <-c
	}
	return sum
}

// Filtered counts what it kept.
func Filtered(words []string, keep func(string) bool, f func(string) int) (sum int) {
	var kept []string
	for _, w := range words {
		if keep(w) {
			kept = append(kept, w)
		}
	}
	c := make(chan int)
	for _, w := range kept {
		go func() { c <- f(w) }()
	}
	for range kept {
		sum += <-c
	}
	return sum
}

// Clone works on a copy of the same length.
func Clone(words []string, f func(string) int) (sum int) {
	sorted := slices.Clone(words)
	slices.Sort(sorted)
	c := make(chan int, len(words))
	for _, w := range sorted {
		c <- f(w)
	}
	for range sorted {
		sum += <-c
	}
	return sum
}

// Chunks has a goroutine for each chunk and counts them.
func Chunks(items []int, size int, f func([]int) int) (sum int) {
	n := 0
	c := make(chan int)
	for chunk := range slices.Chunk(items, max(1, size)) {
		n++
		go func() { c <- f(chunk) }()
	}
	for ; n > 0; n-- {
		sum += <-c
	}
	return sum
}

// Ceil has room for a last, smaller part.
func Ceil(items []int, size int, f func([]int)) {
	size = max(1, size)
	parts := (len(items) + size - 1) / size
	done := make(chan bool, parts)
	for p := range parts {
		part := items[p*size : min((p+1)*size, len(items))]
		go func() {
			f(part)
			done <- true
		}()
	}
	for range parts {
		<-done
	}
}

// Array has a fixed number of goroutines.
func Array(f [3]func() int) (out [3]int) {
	var c [3]chan int
	for i := range c {
		c[i] = make(chan int)
		go func() { c[i] <- f[i]() }()
	}
	for i := range out {
		out[i] = <-c[i]
	}
	return out
}

// Windows keeps as many as are under way at a time.
func Windows(items []string, width int, f func(string)) {
	var running []chan struct{}
	for _, it := range items {
		if len(running) == max(1, width) {
			<-running[0]
			running = running[1:]
		}
		c := make(chan struct{})
		running = append(running, c)
		go func() {
			defer close(c)
			f(it)
		}()
	}
	for _, c := range running {
		<-c
	}
}
