package cleanup

import (
	"context"
	"errors"
	"sync"
)

// Proxy serves what its rules say until a context ends.
type Proxy struct {
	mu   sync.Mutex
	rule string
	stop chan struct{}
	down <-chan struct{}
}

// NewProxy starts a proxy.
func NewProxy(ctx context.Context, rule string) (*Proxy, error) {
	p := &Proxy{down: ctx.Done()}
	if err := p.refresh(rule); err != nil {
		return nil, err
	}
	go p.wait()
	return p, nil
}

// Refresh replaces the rule.
func (p *Proxy) Refresh(rule string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.refresh(rule)
}

// Rule is the rule of now.
func (p *Proxy) Rule() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.rule
}

// Refresh leaves it to its caller that nobody else is there.
func (p *Proxy) refresh(rule string) error {
	select {
	case <-p.down:
		return errors.New("down")
	default:
	}
	if p.stop != nil {
		close(p.stop)
	}
	p.stop = make(chan struct{})
	p.rule = rule
	return nil
}

func (p *Proxy) wait() {
	<-p.down
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stop != nil {
		close(p.stop)
		p.stop = nil
	}
}
