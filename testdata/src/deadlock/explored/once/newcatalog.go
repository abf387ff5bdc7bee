package once

import "sync"

// Catalog knows the prices of things.
type Catalog struct {
	names  []string
	prices func() map[string]int
}

// NewCatalog returns a catalogue. What things cost is looked up when it is
// first asked for.
func NewCatalog(names []string, price func(name string) int) *Catalog {
	c := &Catalog{names: names}
	c.prices = sync.OnceValue(func() map[string]int {
		m := make(map[string]int, len(c.names))
		for _, n := range c.names {
			m[n] = price(n)
		}
		if _, ok := m[""]; !ok {
			m[""] = c.Total()
		}
		return m
	})
	return c
}

// Total returns the sum of all prices.
func (c *Catalog) Total() int {
	total := 0
	for name, p := range c.prices() { // missed "(c.prices|once).* blocks for ever"
		if name != "" {
			total += p
		}
	}
	return total
}

// CatalogFixed knows the prices of things.
type CatalogFixed struct {
	names  []string
	prices func() map[string]int
}

// NewCatalogFixed returns a catalogue. What things cost is looked up when it is
// first asked for.
func NewCatalogFixed(names []string, price func(name string) int) *CatalogFixed {
	c := &CatalogFixed{names: names}
	c.prices = sync.OnceValue(func() map[string]int {
		m := make(map[string]int, len(c.names))
		for _, n := range c.names {
			m[n] = price(n)
		}
		if _, ok := m[""]; !ok {
			for _, p := range m {
				m[""] += p
			}
		}
		return m
	})
	return c
}

// Total returns the sum of all prices.
func (c *CatalogFixed) Total() int {
	total := 0
	for name, p := range c.prices() {
		if name != "" {
			total += p
		}
	}
	return total
}
