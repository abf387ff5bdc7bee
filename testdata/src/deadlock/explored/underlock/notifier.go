package underlock

import (
	"slices"
	"strings"
	"sync"
)

type watcher interface {
	changed(key string)
}

// Notifier calls watchers when a key changes.
type Notifier struct {
	mu       sync.Mutex
	values   map[string]string
	watchers []watcher
}

type counter struct {
	n    *Notifier
	want int
	hits chan string
}

func (c *counter) changed(key string) {
	c.hits <- key // want "send on c.hits blocks for ever"
}

// Set changes a key.
func (n *Notifier) Set(key, value string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.values == nil {
		n.values = map[string]string{}
	}
	n.values[key] = value
	for _, w := range n.watchers {
		w.changed(key)
	}
}

// Get returns the value of a key.
func (n *Notifier) Get(key string) string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.values[key]
}

// RecordAll sets the keys and returns the values that a watcher has seen.
func RecordAll(keys []string) (seen []string) {
	var n Notifier
	c := &counter{n: &n, want: len(keys), hits: make(chan string)}
	n.watchers = append(n.watchers, c)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range c.want {
			key := <-c.hits
			seen = append(seen, c.n.Get(key))
		}
	}()
	for _, k := range keys {
		n.Set(k, strings.ToUpper(k))
	}
	<-done
	return seen
}

type watcherFixed interface {
	changed(key string)
}

// NotifierFixed calls watchers when a key changes.
type NotifierFixed struct {
	mu       sync.Mutex
	values   map[string]string
	watchers []watcherFixed
}

type counterFixed struct {
	n    *NotifierFixed
	want int
	hits chan string
}

func (c *counterFixed) changed(key string) {
	c.hits <- key
}

// Set changes a key.
func (n *NotifierFixed) Set(key, value string) {
	n.mu.Lock()
	if n.values == nil {
		n.values = map[string]string{}
	}
	n.values[key] = value
	watchers := slices.Clone(n.watchers)
	n.mu.Unlock()
	for _, w := range watchers {
		w.changed(key)
	}
}

// Get returns the value of a key.
func (n *NotifierFixed) Get(key string) string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.values[key]
}

// RecordAllFixed sets the keys and returns the values that a watcherFixed has seen.
func RecordAllFixed(keys []string) (seen []string) {
	var n NotifierFixed
	c := &counterFixed{n: &n, want: len(keys), hits: make(chan string)}
	n.watchers = append(n.watchers, c)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range c.want {
			key := <-c.hits
			seen = append(seen, c.n.Get(key))
		}
	}()
	for _, k := range keys {
		n.Set(k, strings.ToUpper(k))
	}
	<-done
	return seen
}
