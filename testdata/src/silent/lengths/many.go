package lengths

import (
	"errors"
	"strings"
	"sync"
)

// Report has room for a report on each part that it takes.
func Report(parts []string, check func(string) error) (bad []error, err error) {
	if len(parts) > 6 {
		return nil, errors.New("too many parts")
	}
	errs := make(chan error, 6)
	for _, p := range parts {
		if err := check(p); err != nil {
			errs <- err
		}
	}
	close(errs)
	for err := range errs {
		bad = append(bad, err)
	}
	return bad, nil
}

// First has room for the first words.
func First(text string, keep func(string) bool) []string {
	words := strings.Fields(text)
	kept := make(chan string, 5)
	for _, w := range words[:min(len(words), cap(kept))] {
		if keep(w) {
			kept <- w
		}
	}
	close(kept)
	var out []string
	for w := range kept {
		out = append(out, w)
	}
	return out
}

// stages are known.
var stages = []string{"fetch", "build", "test", "sign", "ship"}

// Stages has room for all of them.
func Stages(run func(string) error) (failed int) {
	errs := make(chan error, 5)
	var wg sync.WaitGroup
	for _, s := range stages {
		wg.Go(func() {
			if err := run(s); err != nil {
				errs <- err
			}
		})
	}
	wg.Wait()
	return len(errs)
}

// limits are known, too.
var limits = map[string]int{"cpu": 2, "mem": 4, "net": 8}

// Limits has room for all of them.
func Limits(over func(string, int) bool) (names []string) {
	c := make(chan string, 3)
	for k, v := range limits {
		if over(k, v) {
			c <- k
		}
	}
	close(c)
	for k := range c {
		names = append(names, k)
	}
	return names
}

// Give has four workers of which each gives up at its first error, and stops handing out
// when all have.
func Give(items []string, do func(string) error) (done int) {
	work := make(chan string)
	gone := make(chan struct{}, 4)
	var mu sync.Mutex
	for range 4 {
		go func() {
			defer func() { gone <- struct{}{} }()
			for it := range work {
				if do(it) != nil {
					return
				}
				mu.Lock()
				done++
				mu.Unlock()
			}
		}()
	}
	left := 4
give:
	for _, it := range items {
		for {
			select {
			case work <- it:
				continue give
			case <-gone:
				if left--; left == 0 {
					break give
				}
			}
		}
	}
	close(work)
	for ; left > 0; left-- {
		<-gone
	}
	return done
}

// Board has few seats.
type Board struct{ seats []string }

// Sit takes a seat if there is one.
func (b *Board) Sit(name string) bool {
	if len(b.seats) == 5 {
		return false
	}
	b.seats = append(b.seats, name)
	return true
}

// Vote has room for all votes.
func (b *Board) Vote(yes func(string) bool) (n int) {
	votes := make(chan string, 5)
	for _, s := range b.seats {
		if yes(s) {
			votes <- s
		}
	}
	return len(votes)
}
