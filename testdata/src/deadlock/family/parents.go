// Package family has objects that know whose children they are.
package family

import (
	"slices"
	"sync"
)

// A child that knows its parent calls back into it.
type stream struct {
	mu        sync.RWMutex
	listMu    sync.Mutex
	consumers map[string]*consumer
	list      []*consumer
	first     *consumer
	seen      map[*consumer]bool
	closed    bool
}

type consumer struct {
	mu   sync.Mutex
	in   *stream
	name string
	n    int
}

func (s *stream) add(name string) *consumer {
	c := &consumer{in: s, name: name}
	s.keep(c)
	return c
}

func (s *stream) keep(c *consumer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.consumers[c.name] = c
	s.seen[c] = true
	if s.first == nil {
		s.first = c
	}
	s.listMu.Lock()
	s.list = append(s.list, c)
	s.listMu.Unlock()
}

func (s *stream) remove(c *consumer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.consumers, c.name)
	if k := slices.Index(s.list, c); k >= 0 {
		s.list = append(s.list[:k], s.list[k+1:]...)
	}
}

func (c *consumer) stop() {
	c.mu.Lock()
	c.in = nil
	c.mu.Unlock()
}

func (s *stream) label(lock bool) string {
	if lock {
		s.mu.RLock()
		defer s.mu.RUnlock()
	}
	return "stream"
}

func (c *consumer) describe() string {
	c.mu.Lock()
	in := c.in
	c.mu.Unlock()
	if in == nil {
		return ""
	}
	return in.label(true)
}

func (c *consumer) describeLocked() string { return c.in.label(false) }

func (s *stream) purge() { s.purgeIf(true) }

func (s *stream) purgeIf(lock bool) {
	if lock {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	if s.closed {
		return
	}
	s.listMu.Lock()
	list := slices.Clone(s.list)
	s.listMu.Unlock()
	for _, c := range list {
		c.describe() // want "s.mu is locked again by consumer.describe, held since parents.go:85"
	}
}

func (s *stream) describeAll() (out []string) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, c := range s.consumers {
		out = append(out, c.describe()) // want "s.mu is read-locked again by consumer.describe, held since parents.go:100"
	}
	return out
}

func (s *stream) describeOne(name string) string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if c, ok := s.consumers[name]; ok {
		return c.describe() // want "s.mu is read-locked again by consumer.describe, held since parents.go:109"
	}
	return s.first.describe() // want "s.mu is read-locked again by consumer.describe, held since parents.go:109"
}

func (s *stream) describeSeen() (out []string) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for c := range s.seen {
		out = append(out, c.describe()) // want "s.mu is read-locked again by consumer.describe, held since parents.go:118"
	}
	return out
}

func (s *stream) describeLocked() (out []string) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, c := range s.list {
		out = append(out, c.describeLocked())
	}
	return out
}

func (s *stream) describeCopied() (out []string) {
	s.mu.RLock()
	list := slices.Clone(s.list)
	s.mu.RUnlock()
	for _, c := range list {
		out = append(out, c.describe())
	}
	return out
}

// The children of one list are those of others, too.
type group struct {
	mu      sync.RWMutex
	members []*member
}

type member struct {
	of *group
	n  int
}

func (g *group) add() { g.members = append(g.members, &member{of: g}) }

func (g *group) adopt(m *member) { g.members = append(g.members, m) }

func (g *group) size() int {
	g.mu.RLock()
	defer g.mu.RUnlock()
	return len(g.members)
}

func (m *member) share() int { return m.n / m.of.size() }

func (g *group) shares() (n int) {
	g.mu.RLock()
	defer g.mu.RUnlock()
	for _, m := range g.members {
		n += m.share()
	}
	return n
}

func (g *group) update() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.members = nil
}

// The parent changes, and the list is behind.
type club struct {
	mu    sync.RWMutex
	guest []*guest
}

type guest struct {
	at *club
	n  int
}

func (c *club) add() { c.guest = append(c.guest, &guest{at: c}) }

func (g *guest) move(to *club) { g.at = to }

func (c *club) size() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return len(c.guest)
}

func (c *club) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.guest = nil
}

func (c *club) sizes() (n int) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	for _, g := range c.guest {
		n += g.at.size()
	}
	return n
}

// The list comes from a caller.
func newClub(guests []*guest) *club { return &club{guest: guests} }

// An object that a constructor made knows what it was given.
type api struct {
	client *client
	base   string
}

type client struct {
	mu   sync.Mutex
	urls []string
}

func newAPI(c *client) *api { return &api{client: c, base: "/"} }

func (a *api) leader() string { return a.base + a.client.do() }

func (c *client) do() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.urls[0]
}

func (c *client) sync() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return newAPI(c).leader() // want "c.mu is locked again by api.leader, held since parents.go:244"
}

func (c *client) syncWith(other *client) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return newAPI(other).leader()
}

func (c *client) syncLater() func() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return newAPI(c).leader
}
