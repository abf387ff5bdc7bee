package underlock

import (
	"maps"
	"slices"
	"sync"
)

// Tracker knows who is online. Changes are handled by one goroutine.
type Tracker struct {
	sync.RWMutex
	online map[string]bool
	events chan string
	quit   chan struct{}
}

// NewTracker starts a tracker.
func NewTracker() *Tracker {
	t := &Tracker{online: map[string]bool{}, events: make(chan string), quit: make(chan struct{})}
	go t.handle()
	return t
}

func (t *Tracker) handle() {
	for {
		select {
		case name := <-t.events:
			t.Lock()
			t.online[name] = !t.online[name]
			t.Unlock()
		case <-t.quit:
			return
		}
	}
}

// Toggle changes the state of all names that are known and of those given.
func (t *Tracker) Toggle(names ...string) {
	t.RLock()
	all := slices.Collect(maps.Keys(t.online))
	defer t.RUnlock()
	for _, n := range append(all, names...) {
		t.events <- n // want `send on t\.events under t blocks for ever`
	}
}

// Online returns the number of those who are online after the toggles.
func Online(toggles ...string) (n int) {
	t := NewTracker()
	t.Toggle(toggles...)
	close(t.quit)
	t.RLock()
	defer t.RUnlock()
	for _, on := range t.online {
		if on {
			n++
		}
	}
	return n
}

// TrackerFixed knows who is online. Changes are handled by one goroutine.
type TrackerFixed struct {
	sync.RWMutex
	online map[string]bool
	events chan string
	quit   chan struct{}
}

// NewTrackerFixed starts a tracker.
func NewTrackerFixed() *TrackerFixed {
	t := &TrackerFixed{online: map[string]bool{}, events: make(chan string), quit: make(chan struct{})}
	go t.handle()
	return t
}

func (t *TrackerFixed) handle() {
	for {
		select {
		case name := <-t.events:
			t.Lock()
			t.online[name] = !t.online[name]
			t.Unlock()
		case <-t.quit:
			return
		}
	}
}

// Toggle changes the state of all names that are known and of those given.
func (t *TrackerFixed) Toggle(names ...string) {
	t.RLock()
	all := slices.Collect(maps.Keys(t.online))
	t.RUnlock()
	for _, n := range append(all, names...) {
		select {
		case t.events <- n:
		case <-t.quit:
			return
		}
	}
}

// OnlineFixed returns the number of those who are online after the toggles.
func OnlineFixed(toggles ...string) (n int) {
	t := NewTrackerFixed()
	t.Toggle(toggles...)
	close(t.quit)
	t.RLock()
	defer t.RUnlock()
	for _, on := range t.online {
		if on {
			n++
		}
	}
	return n
}
