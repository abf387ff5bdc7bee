package others

import "slices"

// Counted receives once for each element.
func Counted(items []int) (sum int) {
	c := make(chan int)
	for _, v := range slices.All(items) {
		go func() { c <- v }()
	}
	for range slices.Values(items) {
		sum += <-c
	}
	return sum
}
