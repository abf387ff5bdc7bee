package zero

import "slices"

// Chunk sums up the numbers, a goroutine for each full chunk of them.
func Chunk(numbers []int, size int) (total int) {
	if size <= 0 {
		return 0
	}
	chunks := len(numbers) / size
	queue := make(chan []int)
	sums := make(chan int, chunks)
	for range chunks {
		go func() {
			sum := 0
			for _, n := range <-queue {
				sum += n
			}
			sums <- sum
		}()
	}
	go func() {
		for c := range slices.Chunk(numbers, size) {
			queue <- c // want "send on queue blocks for ever"
		}
	}()
	for range chunks {
		total += <-sums
	}
	return total
}

// ChunkFixed sums up the numbers, a goroutine for each full chunk of them.
func ChunkFixed(numbers []int, size int) (total int) {
	if size <= 0 {
		return 0
	}
	chunks := (len(numbers) + size - 1) / size
	queue := make(chan []int)
	sums := make(chan int, chunks)
	for range chunks {
		go func() {
			sum := 0
			for _, n := range <-queue {
				sum += n
			}
			sums <- sum
		}()
	}
	go func() {
		for c := range slices.Chunk(numbers, size) {
			queue <- c
		}
	}()
	for range chunks {
		total += <-sums
	}
	return total
}
