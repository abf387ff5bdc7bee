package group

import (
	"sync"

	"golang.org/x/sync/errgroup"
)

// Sweep removes what is old, a few folders at a time, and returns how much it
// was.
func Sweep(folders []string, limit int, old func(string) ([]string, error)) (total int, err error) {
	var g errgroup.Group
	g.SetLimit(max(1, limit))
	found := make(chan string)
	g.Go(func() error {
		for range found {
			total++
		}
		return nil
	})
	var removing sync.WaitGroup
	for _, f := range folders {
		removing.Add(1)
		g.Go(func() error { // also deadlock "g.Go blocks for ever" // missed "g.Go blocks for ever"
			defer removing.Done()
			names, err := old(f)
			for _, n := range names {
				found <- n
			}
			return err
		})
	}
	removing.Wait()
	close(found)
	err = g.Wait()
	return total, err
}

// SweepFixed removes what is old, a few folders at a time, and returns how much it
// was.
func SweepFixed(folders []string, limit int, old func(string) ([]string, error)) (total int, err error) {
	var g errgroup.Group
	g.SetLimit(max(1, limit) + 1)
	found := make(chan string)
	g.Go(func() error {
		for range found {
			total++
		}
		return nil
	})
	var removing sync.WaitGroup
	for _, f := range folders {
		removing.Add(1)
		g.Go(func() error {
			defer removing.Done()
			names, err := old(f)
			for _, n := range names {
				found <- n
			}
			return err
		})
	}
	removing.Wait()
	close(found)
	err = g.Wait()
	return total, err
}
