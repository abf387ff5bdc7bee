package balance

import "sync"

// Guests are waited for until all have left, but nobody can leave.
type Guests struct{ wg sync.WaitGroup }

// NewGuests returns n guests.
func NewGuests(n int) *Guests {
	g := &Guests{}
	g.wg.Add(n)
	return g
}

// Join makes them more.
func (g *Guests) Join(n int) { g.wg.Add(n) }

// Leave makes them no fewer.
func (g *Guests) Leave() {}

// Wait waits until all have left.
func (g *Guests) Wait() {
	g.wg.Wait() // want "g.wg.Wait blocks for ever"
}

// GuestsFixed are waited for until all have left, which takes as many calls as
// there are guests.
type GuestsFixed struct{ wg sync.WaitGroup }

// NewGuestsFixed returns n guests.
func NewGuestsFixed(n int) *GuestsFixed {
	g := &GuestsFixed{}
	g.wg.Add(n)
	return g
}

// Join makes them more.
func (g *GuestsFixed) Join(n int) { g.wg.Add(n) }

// Leave makes them fewer.
func (g *GuestsFixed) Leave() { g.wg.Done() }

// Wait waits until all have left.
func (g *GuestsFixed) Wait() { g.wg.Wait() }
