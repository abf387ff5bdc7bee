package fanin

import (
	"strings"
	"sync"
)

// Counter counts words.
type Counter struct {
	mu    sync.Mutex
	words map[string]int
	lines chan string
	wg    sync.WaitGroup
}

// Tally counts the words of the documents with a few workers.
func Tally(docs []string, workers int) map[string]int {
	c := &Counter{words: map[string]int{}, lines: make(chan string, 16)}
	for range max(1, workers) {
		go c.work()
	}
	for _, d := range docs {
		for line := range strings.Lines(d) {
			c.wg.Add(1)
			c.lines <- line
		}
	}
	c.wg.Wait()
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.words
}

func (c *Counter) work() {
	for line := range c.lines { // want "range over c.lines never ends"
		words := strings.Fields(line)
		c.mu.Lock()
		for _, w := range words {
			c.words[strings.ToLower(w)]++
		}
		c.mu.Unlock()
		c.wg.Done()
	}
}

// CounterFixed counts words.
type CounterFixed struct {
	mu    sync.Mutex
	words map[string]int
	lines chan string
	wg    sync.WaitGroup
}

// TallyFixed counts the words of the documents with a few workers.
func TallyFixed(docs []string, workers int) map[string]int {
	c := &CounterFixed{words: map[string]int{}, lines: make(chan string, 16)}
	for range max(1, workers) {
		go c.work()
	}
	for _, d := range docs {
		for line := range strings.Lines(d) {
			c.wg.Add(1)
			c.lines <- line
		}
	}
	c.wg.Wait()
	close(c.lines)
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.words
}

func (c *CounterFixed) work() {
	for line := range c.lines {
		words := strings.Fields(line)
		c.mu.Lock()
		for _, w := range words {
			c.words[strings.ToLower(w)]++
		}
		c.mu.Unlock()
		c.wg.Done()
	}
}
