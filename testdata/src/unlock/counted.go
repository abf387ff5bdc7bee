package unlock

import "sync"

type tally struct {
	mu   sync.RWMutex
	m    map[string]int
	hits int
}

// One loop locks for reading, the next one unlocks as often.
func countedRounds(more func() bool) {
	var mu sync.RWMutex
	n := 0
	for ; more(); n++ {
		mu.RLock()
	}
	for ; n > 0; n-- {
		mu.RUnlock()
	}
}

func countedRoundsAgain(c *tally, times int, more func() bool) {
	for range times {
		n := 0
		for more() {
			c.mu.RLock()
			n++
		}
		for range n {
			c.mu.RUnlock()
		}
	}
}

// The loop that locks also unlocks, but not in this round; another one does too.
func roundsThatForget(c *tally, keys []string) (n int) {
	for _, k := range keys {
		c.mu.RLock()
		if c.m[k] == 0 {
			return n // want `return without unlocking c.mu`
		}
		n++
		c.mu.RUnlock()
	}
	for range keys {
		c.mu.RLock()
		n += c.hits
		c.mu.RUnlock()
	}
	return n
}
