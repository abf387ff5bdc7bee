package fanin

import (
	"errors"
	"fmt"
	"hash/crc32"
	"sync"
)

type part struct {
	index int
	sum   uint32
}

// Sum computes the checksums of the blocks and folds them into one.
func Sum(blocks [][]byte) (uint32, error) {
	parts := make(chan part)
	errs := make(chan error)
	var wg sync.WaitGroup
	for i, b := range blocks {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if len(b) == 0 {
				errs <- fmt.Errorf("block %d is empty", i)
				return
			}
			parts <- part{i, crc32.ChecksumIEEE(b)}
		}()
	}
	failed := make(chan error, 1)
	go func() {
		var all []error
		for err := range errs { // want "range over errs never ends"
			all = append(all, err)
		}
		failed <- errors.Join(all...)
	}()
	go func() {
		wg.Wait()
		close(parts)
	}()
	sums := make([]uint32, len(blocks))
	for p := range parts {
		sums[p.index] = p.sum
	}
	var total uint32
	for _, s := range sums {
		total = total<<1 ^ s
	}
	select {
	case err := <-failed:
		return 0, err
	default:
		return total, nil
	}
}

type partFixed struct {
	index int
	sum   uint32
}

// SumFixed computes the checksums of the blocks and folds them into one.
func SumFixed(blocks [][]byte) (uint32, error) {
	parts := make(chan partFixed)
	errs := make(chan error)
	var wg sync.WaitGroup
	for i, b := range blocks {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if len(b) == 0 {
				errs <- fmt.Errorf("block %d is empty", i)
				return
			}
			parts <- partFixed{i, crc32.ChecksumIEEE(b)}
		}()
	}
	failed := make(chan error, 1)
	go func() {
		var all []error
		for err := range errs {
			all = append(all, err)
		}
		failed <- errors.Join(all...)
	}()
	go func() {
		wg.Wait()
		close(parts)
		close(errs)
	}()
	sums := make([]uint32, len(blocks))
	for p := range parts {
		sums[p.index] = p.sum
	}
	var total uint32
	for _, s := range sums {
		total = total<<1 ^ s
	}
	return total, <-failed
}
