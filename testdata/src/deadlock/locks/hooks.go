package locks

import "sync"

// Callbacks kept in a slice or map are called under the lock that they take.

type gauge struct {
	mu    sync.Mutex
	value int
	hooks []func(int)
	named map[string]func()
}

func (g *gauge) onChange(f func(int)) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.hooks = append(g.hooks, f)
}

func (g *gauge) get() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.value
}

func (g *gauge) set(v int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.value = v
	for _, h := range g.hooks {
		h(v) // want `g.mu is locked again by g.hooks\[…\], held since hooks.go:27`
	}
}

func (g *gauge) flush() {
	g.mu.Lock()
	for _, f := range g.named {
		f() // want `g.mu is locked again by g.named\[…\], held since hooks.go:36`
	}
	g.mu.Unlock()
}

func mirror(g *gauge, to *int) {
	g.onChange(func(int) { *to = g.get() })
	g.named["mirror"] = func() { *to = g.get() }
}

// These are called when the lock is free again, take what they get, or lock
// another object.

type calmGauge struct {
	mu    sync.Mutex
	value int
	hooks []func(int)
	plain []func(int)
	other []func()
	keyed map[string]func()
}

func (g *calmGauge) onChange(f func(int)) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.hooks = append(g.hooks, f)
}

func (g *calmGauge) get() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.value
}

func (g *calmGauge) set(v int) {
	g.mu.Lock()
	g.value = v
	hooks := g.hooks
	for _, h := range g.plain {
		h(v)
	}
	for _, h := range g.other {
		h()
	}
	g.keyed["plain"]()
	g.mu.Unlock()
	for _, h := range hooks {
		h(v)
	}
}

func calmMirror(g *calmGauge, to *int) {
	g.onChange(func(int) { *to = g.get() })
	g.plain = append(g.plain, func(v int) { *to = v })
	o := new(calmGauge)
	g.other = append(g.other, func() { *to = o.get() })
	g.keyed["plain"] = func() { *to = 0 }
	g.keyed["get"] = func() { *to = g.get() }
}
