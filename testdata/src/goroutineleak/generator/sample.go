package generator

import "context"

// numbers sends 0 to n-1.
func numbers(n int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := range n {
			out <- i
		}
	}()
	return out
}

// odd lets the odd numbers pass.
func odd(in <-chan int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := range in {
			if i%2 == 0 {
				continue
			}
			out <- i // missed "send on out blocks for ever"
		}
	}()
	return out
}

// Sample returns the first odd numbers below n for which accept is true, but
// not more than max.
func Sample(n, max int, accept func(int) bool) []int {
	var sample []int
	for i := range odd(numbers(n)) {
		if !accept(i) {
			continue
		}
		sample = append(sample, i)
		if len(sample) == max {
			break
		}
	}
	return sample
}

// numbersFixed sends 0 to n-1.
func numbersFixed(ctx context.Context, n int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := range n {
			select {
			case out <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// oddFixed lets the oddFixed numbersFixed pass.
func oddFixed(ctx context.Context, in <-chan int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := range in {
			if i%2 == 0 {
				continue
			}
			select {
			case out <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// SampleFixed returns the first oddFixed numbersFixed below n for which accept is true, but
// not more than max.
func SampleFixed(n, max int, accept func(int) bool) []int {
	var sample []int
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for i := range oddFixed(ctx, numbersFixed(ctx, n)) {
		if !accept(i) {
			continue
		}
		sample = append(sample, i)
		if len(sample) == max {
			break
		}
	}
	return sample
}
