// Package fanin merges what several goroutines send.
package fanin

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// Merge returns a channel with all values of the inputs, which must be read to
// the end.
func Merge[T any](inputs ...<-chan T) <-chan T {
	out := make(chan T)
	var wg sync.WaitGroup
	wg.Add(len(inputs))
	for _, in := range inputs {
		go func() {
			defer wg.Done()
			for v := range in {
				out <- v
			}
		}()
	}
	go func() {
		wg.Wait()
		close(out)
	}()
	return out
}

// Count merges and counts.
func Count(words []string, parts int) int {
	var inputs []<-chan string
	for i := range parts {
		c := make(chan string)
		inputs = append(inputs, c)
		go func() {
			defer close(c)
			for j := i; j < len(words); j += parts {
				c <- words[j]
			}
		}()
	}
	n := 0
	for range Merge(inputs...) {
		n++
	}
	return n
}

// Search looks for a text in several places and returns where it is.
func Search(places map[string]func() string, text string) (found []string) {
	hits := make(chan string)
	var wg sync.WaitGroup
	for name, read := range places {
		wg.Go(func() {
			if strings.Contains(read(), text) {
				hits <- name
			}
		})
	}
	go func() {
		defer close(hits)
		wg.Wait()
	}()
	for h := range hits {
		found = append(found, h)
	}
	slices.Sort(found)
	return found
}

// LastCloses lets the last of the workers close the channel.
func LastCloses(tasks []func() int) (sum int) {
	if len(tasks) == 0 {
		return 0
	}
	var left atomic.Int32
	left.Store(int32(len(tasks)))
	out := make(chan int)
	for _, t := range tasks {
		go func() {
			out <- t()
			if left.Add(-1) == 0 {
				close(out)
			}
		}()
	}
	for v := range out {
		sum += v
	}
	return sum
}

// TwoWays merges exactly two channels.
func TwoWays(a, b []int) (sum int) {
	send := func(vs []int) <-chan int {
		c := make(chan int)
		go func() {
			defer close(c)
			for _, v := range vs {
				c <- v
			}
		}()
		return c
	}
	left, right := send(a), send(b)
	for left != nil || right != nil {
		select {
		case v, ok := <-left:
			if !ok {
				left = nil
			}
			sum += v
		case v, ok := <-right:
			if !ok {
				right = nil
			}
			sum += v
		}
	}
	return sum
}
