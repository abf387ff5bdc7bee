package balance

import (
	"hash/crc32"
	"sync"
)

// Hash computes the checksums of the blocks with a number of workers.
func Hash(blocks [][]byte, workers int) []uint32 {
	sums := make([]uint32, len(blocks))
	next := make(chan int, len(blocks))
	for i := range blocks {
		next <- i
	}
	close(next)
	var wg sync.WaitGroup
	wg.Add(workers)
	for range min(workers, len(blocks)) {
		go func() {
			defer wg.Done()
			for i := range next {
				sums[i] = crc32.ChecksumIEEE(blocks[i])
			}
		}()
	}
	wg.Wait() // want "wg.Wait blocks for ever"
	return sums
}

// HashFixed computes the checksums of the blocks with a number of workers.
func HashFixed(blocks [][]byte, workers int) []uint32 {
	sums := make([]uint32, len(blocks))
	next := make(chan int, len(blocks))
	for i := range blocks {
		next <- i
	}
	close(next)
	var wg sync.WaitGroup
	workers = min(workers, len(blocks))
	wg.Add(workers)
	for range workers {
		go func() {
			defer wg.Done()
			for i := range next {
				sums[i] = crc32.ChecksumIEEE(blocks[i])
			}
		}()
	}
	wg.Wait()
	return sums
}
