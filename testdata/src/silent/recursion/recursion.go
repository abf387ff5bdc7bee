// Package recursion starts goroutines in functions that call themselves.
package recursion

import (
	"context"
	"sync"
)

// Node is a node of a tree.
type Node struct {
	Value       int
	Left, Right *Node
}

// Sum adds up a tree, both sides at the same time.
func Sum(n *Node) int {
	if n == nil {
		return 0
	}
	left, right := make(chan int), make(chan int)
	go func() { left <- Sum(n.Left) }()
	go func() { right <- Sum(n.Right) }()
	return n.Value + <-left + <-right
}

// Sort sorts by merging.
func Sort(s []int) []int {
	if len(s) < 2 {
		return s
	}
	mid := len(s) / 2
	c := make(chan []int, 1)
	go func() { c <- Sort(s[:mid]) }()
	right := Sort(s[mid:])
	left := <-c
	out := make([]int, 0, len(s))
	for len(left) > 0 && len(right) > 0 {
		if left[0] <= right[0] {
			out, left = append(out, left[0]), left[1:]
		} else {
			out, right = append(out, right[0]), right[1:]
		}
	}
	return append(append(out, left...), right...)
}

// Walk sends the values of a tree in their order.
func Walk(n *Node, out chan<- int) {
	if n == nil {
		return
	}
	Walk(n.Left, out)
	out <- n.Value
	Walk(n.Right, out)
}

// Values returns the values of a tree.
func Values(n *Node) (values []int) {
	c := make(chan int)
	go func() {
		defer close(c)
		Walk(n, c)
	}()
	for v := range c {
		values = append(values, v)
	}
	return values
}

// Same compares two trees and does not wait for the rest of them.
func Same(a, b *Node) bool {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	left, right := stream(ctx, a), stream(ctx, b)
	for {
		x, okX := <-left
		y, okY := <-right
		if okX != okY || x != y {
			return false
		}
		if !okX {
			return true
		}
	}
}

func stream(ctx context.Context, n *Node) <-chan int {
	c := make(chan int)
	go func() {
		defer close(c)
		walk(ctx, n, c)
	}()
	return c
}

func walk(ctx context.Context, n *Node, c chan<- int) bool {
	if n == nil {
		return true
	}
	if !walk(ctx, n.Left, c) {
		return false
	}
	select {
	case c <- n.Value:
	case <-ctx.Done():
		return false
	}
	return walk(ctx, n.Right, c)
}

// Visit counts the goroutines that its goroutines start.
func Visit(root *Node, f func(int)) {
	var wg sync.WaitGroup
	var visit func(n *Node)
	visit = func(n *Node) {
		if n == nil {
			return
		}
		f(n.Value)
		for _, child := range []*Node{n.Left, n.Right} {
			wg.Go(func() { visit(child) })
		}
	}
	wg.Go(func() { visit(root) })
	wg.Wait()
}

// Sieve returns the primes below n by a chain of filters.
func Sieve(n int) (primes []int) {
	c := make(chan int)
	go func() {
		defer close(c)
		for i := 2; i < n; i++ {
			c <- i
		}
	}()
	var in <-chan int = c
	for {
		p, ok := <-in
		if !ok {
			return primes
		}
		primes = append(primes, p)
		in = without(in, p)
	}
}

func without(in <-chan int, p int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := range in {
			if i%p != 0 {
				out <- i
			}
		}
	}()
	return out
}
