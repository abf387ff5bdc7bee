package unlock

import "sync"

// printer makes its lock when it is first needed.
type printer struct {
	mu          *sync.RWMutex
	sum, limit  int
	interrupted bool
}

func (p *printer) lock() {
	if p.mu == nil {
		p.mu = new(sync.RWMutex)
	}
	p.mu.Lock()
}

func (p *printer) rlock() {
	if p.mu != nil {
		p.mu.RLock()
		return
	}
	p.mu = &sync.RWMutex{}
	p.mu.RLock()
}

func (p *printer) unlock() { p.mu.Unlock() }

func (p *printer) line() int {
	p.lock()
	defer p.unlock()
	return p.sum
}

// lazyAdd prints once more at the end: each line locks again what it unlocks.
func (p *printer) lazyAdd(n int) {
	p.lock()
	if p.limit == 0 {
		p.unlock()
		return
	}
	p.sum += n
	full := p.sum >= p.limit
	p.unlock()
	p.line()
	if full {
		p.line()
	}
}

func (p *printer) lazyRead() int {
	p.rlock()
	defer p.mu.RUnlock()
	return p.sum
}

func (p *printer) lazyForgets() bool {
	p.lock()
	if p.interrupted {
		return false // want `return without unlocking p.mu`
	}
	p.unlock()
	return true
}

// lazyRenews locks the lock that it puts in the place of another.
func (p *printer) lazyRenews() {
	p.lock()
	old := p.mu
	p.mu = new(sync.RWMutex)
	p.mu.Lock()
	p.mu.Unlock()
	old.Unlock()
}
