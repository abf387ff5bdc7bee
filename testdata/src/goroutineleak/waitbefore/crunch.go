package waitbefore

import (
	"fmt"

	"golang.org/x/sync/errgroup"
)

// Crunch adds up what f makes of the numbers.
func Crunch(numbers []int, f func(int) (int, error)) (int, error) {
	var g errgroup.Group
	partial := make(chan int)
	for _, n := range numbers {
		g.Go(func() error {
			v, err := f(n)
			if err != nil {
				return fmt.Errorf("%d: %w", n, err)
			}
			partial <- v // want "send on partial blocks for ever"
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return 0, err
	}
	close(partial)
	sum := 0
	for v := range partial {
		sum += v
	}
	return sum, nil
}

// CrunchFixed adds up what f makes of the numbers.
func CrunchFixed(numbers []int, f func(int) (int, error)) (int, error) {
	var g errgroup.Group
	partial := make(chan int)
	for _, n := range numbers {
		g.Go(func() error {
			v, err := f(n)
			if err != nil {
				return fmt.Errorf("%d: %w", n, err)
			}
			partial <- v
			return nil
		})
	}
	failed := make(chan error, 1)
	go func() {
		failed <- g.Wait()
		close(partial)
	}()
	sum := 0
	for v := range partial {
		sum += v
	}
	if err := <-failed; err != nil {
		return 0, err
	}
	return sum, nil
}
