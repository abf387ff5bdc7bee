package locks

import (
	"sync"
	"sync/atomic"
)

// double stands in for a store and keeps record of its calls.
type double struct {
	getMu  sync.Mutex
	gets   []string
	putMu  sync.Mutex
	puts   []string
	callMu sync.RWMutex
	calls  map[string][]string
}

func (d *double) get(key string) {
	d.getMu.Lock()
	d.gets = append(d.gets, key)
	d.record("get", key) // want `d.callMu is locked by double.record while d.getMu is held, elsewhere \(doubles.go:\d+\) the other way round`
	d.getMu.Unlock()
}

// What is wrong here is the order in all, which is told above.
func (d *double) put(key string) {
	d.putMu.Lock()
	d.puts = append(d.puts, key)
	d.record("put", key)
	d.putMu.Unlock()
}

func (d *double) record(name, key string) {
	d.callMu.Lock()
	defer d.callMu.Unlock()
	if d.calls == nil {
		d.calls = map[string][]string{}
	}
	d.calls[name] = append(d.calls[name], key)
}

func (d *double) all() map[string]int {
	d.callMu.RLock()
	defer d.callMu.RUnlock()
	d.getMu.Lock()
	defer d.getMu.Unlock()
	d.putMu.Lock()
	defer d.putMu.Unlock()
	n := map[string]int{"gets": len(d.gets), "puts": len(d.puts)}
	for name, keys := range d.calls {
		n[name] += len(keys)
	}
	return n
}

// getOutside records the call when it holds nothing else.
func (d *double) getOutside(key string) {
	d.getMu.Lock()
	d.gets = append(d.gets, key)
	d.getMu.Unlock()
	d.record("get", key)
}

// Nobody is waiting as long as the lock is held: the counter tells.
type gate struct {
	mu      sync.Mutex
	waiting atomic.Int32
	queue   []chan struct{}
	open    atomic.Bool
}

func (g *gate) wake() {
	if g.waiting.Load() == 0 {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, c := range g.queue {
		close(c)
	}
	g.queue = nil
}

func (g *gate) free() { g.wake() }

func (g *gate) freeUnderLock() {
	g.mu.Lock()
	g.free()
	g.mu.Unlock()
}

// A flag may be what it is at any time.
func (g *gate) shut() {
	if !g.open.Load() {
		return
	}
	g.mu.Lock()
	g.queue = nil
	g.mu.Unlock()
}

func (g *gate) shutUnderLock() {
	g.mu.Lock()
	g.shut() // want `g.mu is locked again by gate.shut`
	g.mu.Unlock()
}
