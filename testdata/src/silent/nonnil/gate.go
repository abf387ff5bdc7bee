package nonnil

import "example.com/corpus/silent/nonnil/failure"

// A gate lets some in at a time.
type gate struct{ in chan struct{} }

// newGate refuses to make one that lets nobody in.
func newGate(n uint) (gate, error) {
	if n == 0 {
		return gate{}, failure.Plain("nobody could pass")
	}
	return gate{make(chan struct{}, n)}, nil
}

func (g gate) pass() { g.in <- struct{}{} }

func (g gate) leave() { <-g.in }

// A Shop lets some work at a time.
type Shop struct{ gate gate }

// A Site says how many have room.
type Site interface{ Room() uint }

// OpenShop opens a shop.
func OpenShop(at Site) *Shop {
	g, err := newGate(at.Room())
	if err != nil {
		panic(failure.Because(err, "shop"))
	}
	return &Shop{gate: g}
}

// Work does something inside.
func (s *Shop) Work(work func()) {
	s.gate.pass()
	defer s.gate.leave()
	work()
}
