package correlate

import "sync"

// Crowd has more goroutines than an exploration follows, and then a helper whose
// argument is always the same.
func Crowd(visit func(int)) int {
	var wg sync.WaitGroup
	first := tally(1, true)
	next := make(chan int)
	for range 20 {
		wg.Go(func() {
			for n := range next {
				visit(n)
			}
		})
	}
	for n := range first {
		next <- n
	}
	close(next)
	wg.Wait()
	return first + tally(2, true)
}

// tally leaves its goroutine behind if nobody asks for the sum.
func tally(n int, asked bool) int {
	sum := make(chan int)
	go func() { sum <- n + 1 }()
	if !asked {
		return 0
	}
	return <-sum
}
