package forgotten

import (
	"fmt"
	"sync"
	"sync/atomic"
)

// Stopper is something that goes on until it is stopped.
type Stopper interface {
	Stop()
}

type watcher struct {
	changes <-chan string
	seen    func(string)
	quit    chan struct{}
	once    sync.Once
}

// Watch calls seen for every change.
func Watch(changes <-chan string, seen func(string)) Stopper {
	w := &watcher{changes: changes, seen: seen, quit: make(chan struct{})}
	go w.run()
	return w
}

func (w *watcher) run() {
	for {
		select { // want "select blocks for ever"
		case c := <-w.changes:
			w.seen(c)
		case <-w.quit:
			return
		}
	}
}

// Stop implements Stopper.
func (w *watcher) Stop() { w.once.Do(func() { close(w.quit) }) }

// Follow applies edits and returns how many files they touched.
func Follow(edits []string, apply func(string) error) (int, error) {
	changes := make(chan string)
	var n atomic.Int64
	w := Watch(changes, func(string) { n.Add(1) })
	for _, e := range edits {
		if err := apply(e); err != nil {
			return 0, fmt.Errorf("apply: %w", err)
		}
		changes <- e
	}
	w.Stop()
	return int(n.Load()), nil
}

type watcherFixed struct {
	changes <-chan string
	seen    func(string)
	quit    chan struct{}
	once    sync.Once
}

// WatchFixed calls seen for every change.
func WatchFixed(changes <-chan string, seen func(string)) Stopper {
	w := &watcherFixed{changes: changes, seen: seen, quit: make(chan struct{})}
	go w.run()
	return w
}

func (w *watcherFixed) run() {
	for {
		select {
		case c := <-w.changes:
			w.seen(c)
		case <-w.quit:
			return
		}
	}
}

// Stop implements Stopper.
func (w *watcherFixed) Stop() { w.once.Do(func() { close(w.quit) }) }

// FollowFixed applies edits and returns how many files they touched.
func FollowFixed(edits []string, apply func(string) error) (int, error) {
	changes := make(chan string)
	var n atomic.Int64
	w := WatchFixed(changes, func(string) { n.Add(1) })
	for _, e := range edits {
		if err := apply(e); err != nil {
			w.Stop()
			return 0, fmt.Errorf("apply: %w", err)
		}
		changes <- e
	}
	w.Stop()
	return int(n.Load()), nil
}
