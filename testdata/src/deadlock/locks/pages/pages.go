// Package pages keeps pages of a file in memory.
package pages

import (
	"errors"
	"sync"
)

// Pages are looked at by views and closed when there is none.
type Pages struct {
	meta   sync.Mutex
	mapped sync.RWMutex
	write  sync.Mutex
	views  int
	n      int
}

// View is what shows the pages as they are.
type View struct{ p *Pages }

// Begin begins a view, which keeps the pages mapped until it ends.
func (p *Pages) Begin() (*View, error) {
	p.meta.Lock()
	defer p.meta.Unlock()
	if p.n == 0 {
		return nil, errors.New("no pages")
	}
	p.mapped.RLock()
	p.views++
	return &View{p}, nil
}

// End ends a view.
func (v *View) End() error {
	if v.p == nil {
		return errors.New("ended before")
	}
	v.p.remove()
	v.p = nil
	return nil
}

func (p *Pages) remove() {
	p.mapped.RUnlock()
	p.meta.Lock()
	defer p.meta.Unlock()
	p.views--
}

// Look has a function look at a view.
func (p *Pages) Look(f func(*View) error) error {
	v, err := p.Begin()
	if err != nil {
		return err
	}
	defer func() {
		if v.p != nil {
			v.End()
		}
	}()
	if err := f(v); err != nil {
		return errors.Join(err, v.End())
	}
	return v.End()
}

// Close waits until all views have ended.
func (p *Pages) Close() error {
	p.write.Lock()
	defer p.write.Unlock()
	p.meta.Lock()
	defer p.meta.Unlock()
	p.mapped.Lock()
	defer p.mapped.Unlock()
	p.n = 0
	return nil
}

// Change is what is written.
type Change struct{ p *Pages }

// Change begins a change, which keeps others from writing.
func (p *Pages) Change() (*Change, error) {
	p.write.Lock()
	if p.n == 0 {
		p.write.Unlock()
		return nil, errors.New("no pages")
	}
	return &Change{p}, nil
}

// Add adds a page.
func (c *Change) Add() error {
	if c.p == nil {
		return errors.New("written before")
	}
	c.p.n++
	return nil
}

// Write writes the change.
func (c *Change) Write() error {
	if c.p == nil {
		return errors.New("written before")
	}
	c.p.write.Unlock()
	c.p = nil
	return nil
}

// Replace closes the pages while it keeps others from writing.
func (p *Pages) Replace() error {
	if _, err := p.Change(); err != nil {
		return err
	}
	return p.Close() // want `p.write is locked again by Pages.Close`
}
