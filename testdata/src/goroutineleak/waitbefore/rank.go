package waitbefore

import (
	"sort"
	"sync"
)

// Rank returns the scores of the players, the best first.
func Rank(players []string, score func(string) int) []int {
	scores := make(chan int)
	var wg sync.WaitGroup
	for _, p := range players {
		wg.Add(1)
		go func() {
			defer wg.Done()
			scores <- score(p) // want "send on scores blocks for ever"
		}()
	}
	wg.Wait()
	close(scores)
	var all []int
	for s := range scores {
		all = append(all, s)
	}
	sort.Sort(sort.Reverse(sort.IntSlice(all)))
	return all
}

// RankFixed returns the scores of the players, the best first.
func RankFixed(players []string, score func(string) int) []int {
	scores := make(chan int, len(players))
	var wg sync.WaitGroup
	for _, p := range players {
		wg.Add(1)
		go func() {
			defer wg.Done()
			scores <- score(p)
		}()
	}
	wg.Wait()
	close(scores)
	var all []int
	for s := range scores {
		all = append(all, s)
	}
	sort.Sort(sort.Reverse(sort.IntSlice(all)))
	return all
}
