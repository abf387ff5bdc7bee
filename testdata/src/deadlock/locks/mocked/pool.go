package mocked

import "sync"

type pool struct {
	mu    sync.Mutex
	parts map[*part]int
}

type part struct {
	mu    sync.Mutex
	pool  *pool
	ready bool
	addrs []string
}

func newPool() *pool {
	p := &pool{}
	p.parts = map[*part]int{{pool: p}: 1}
	return p
}

// lost tells the pool, with its own lock held.
func (p *part) lost() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.ready {
		return
	}
	p.ready = false
	p.pool.resolve()
}

func (p *pool) resolve() {
	p.mu.Lock()
	p.parts = nil
	p.mu.Unlock()
}

func (p *part) update(addrs []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.addrs = addrs
}
