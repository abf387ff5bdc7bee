package nilchan

import "time"

// Split sorts the numbers into n classes and returns the sum of each.
func Split(numbers []int, n int) []int {
	n = max(1, n)
	classes := make([]chan int, n)
	for i := range n {
		go func() {
			sum := 0
			for _, v := range numbers {
				if v%n == i {
					sum += v
				}
			}
			classes[i] <- sum // want "send on classes.* blocks for ever"
		}()
	}
	sums := make([]int, n)
	for i, c := range classes {
		select {
		case sums[i] = <-c:
		case <-time.After(time.Second):
			sums[i] = -1
		}
	}
	return sums
}

// SplitFixed sorts the numbers into n classes and returns the sum of each.
func SplitFixed(numbers []int, n int) []int {
	n = max(1, n)
	classes := make([]chan int, n)
	for i := range classes {
		classes[i] = make(chan int, 1)
	}
	for i := range n {
		go func() {
			sum := 0
			for _, v := range numbers {
				if v%n == i {
					sum += v
				}
			}
			classes[i] <- sum
		}()
	}
	sums := make([]int, n)
	for i, c := range classes {
		select {
		case sums[i] = <-c:
		case <-time.After(time.Second):
			sums[i] = -1
		}
	}
	return sums
}
