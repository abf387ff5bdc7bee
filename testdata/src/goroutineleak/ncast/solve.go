package ncast

import (
	"slices"
	"sync"
)

// Strategy is one way to solve a puzzle. It returns nil if it finds none.
type Strategy func(puzzle []int) []int

// Solve runs all strategies and returns the first solution.
func Solve(puzzle []int, strategies map[string]Strategy) (string, []int) {
	type solution struct {
		by    string
		steps []int
	}
	solved := make(chan solution)
	var wg sync.WaitGroup
	for name, solve := range strategies {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if steps := solve(slices.Clone(puzzle)); steps != nil {
				solved <- solution{name, steps} // want "send on solved blocks for ever"
			}
		}()
	}
	none := make(chan struct{}, 1)
	go func() {
		wg.Wait()
		none <- struct{}{}
	}()
	select {
	case s := <-solved:
		return s.by, s.steps
	case <-none:
	}
	select {
	case s := <-solved:
		return s.by, s.steps
	default:
		return "", nil
	}
}

// SolveFixed runs all strategies and returns the first solution.
func SolveFixed(puzzle []int, strategies map[string]Strategy) (string, []int) {
	type solution struct {
		by    string
		steps []int
	}
	solved := make(chan solution, len(strategies))
	var wg sync.WaitGroup
	for name, solve := range strategies {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if steps := solve(slices.Clone(puzzle)); steps != nil {
				solved <- solution{name, steps}
			}
		}()
	}
	none := make(chan struct{}, 1)
	go func() {
		wg.Wait()
		none <- struct{}{}
	}()
	select {
	case s := <-solved:
		return s.by, s.steps
	case <-none:
	}
	select {
	case s := <-solved:
		return s.by, s.steps
	default:
		return "", nil
	}
}
