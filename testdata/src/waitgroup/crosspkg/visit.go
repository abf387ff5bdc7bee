package crosspkg

import (
	"sync"

	"example.com/corpus/goroutineleak/crosspkg/feed"
)

// Visit visits the places at the same time.
func Visit(places []string, visit func(string)) {
	var wg sync.WaitGroup
	for _, p := range places {
		wg.Add(1)
		feed.Go(&wg, func() { visit(p) })
	}
	wg.Wait() // want "wg.Wait blocks for ever"
}

// VisitFixed visits the places at the same time.
func VisitFixed(places []string, visit func(string)) {
	var wg sync.WaitGroup
	for _, p := range places {
		feed.Go(&wg, func() { visit(p) })
	}
	wg.Wait()
}
