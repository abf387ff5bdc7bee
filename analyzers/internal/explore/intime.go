package explore

import (
	"slices"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// In a test time is patient: who sleeps, and who waits for a timer, goes on when
// nobody else does. A test that sleeps means to let the others come as far as they
// get, and one that waits for an answer at most a second means never to wait that
// long; what goes wrong where a machine is too slow for that is known to whoever
// wrote it, and says nothing about the code that is tested, which is explored
// from its own functions, where timers fire at any time. It is the order of
// events of a bubble of package testing/synctest.
//
// When time goes on, all others have come to where they stand. Whoever looks then, by
// a select with a default case, whether one of them is there finds him.
//
// What it computes: of the transitions of a state those that are taken from it.
// Who is stuck is asked of all of them. What the environment does waits for
// nobody and keeps nobody waiting.

// inTime leaves out what time does, if others can go on without it.
func (s *search) inTime(st *state, moves []trans, canMove uint64) ([]trans, uint64) {
	if s.root.Kind != Test {
		return moves, canMove
	}
	timed := func(t trans) bool { return s.byTime(st, t) }
	busy := func(t trans) bool { return t.act != actEnv && !timed(t) }
	if !slices.ContainsFunc(moves, busy) || !slices.ContainsFunc(moves, timed) {
		return moves, canMove
	}
	moves = slices.DeleteFunc(moves, timed)
	canMove = 0
	for _, t := range moves {
		canMove |= t.movers()
	}
	return moves, canMove
}

// byTime reports whether a transition is the end of a sleep, or what a timer does.
func (s *search) byTime(st *state, t trans) bool {
	f := st.peek(t.g)
	in := &f.fn.code[f.pc]
	if in.Op == skeleton.Yield {
		return in.args[0] < 0
	}
	if t.act != actEnv {
		return false
	}
	timer, _, _ := s.partOf(st, t)
	return timer
}

// park notes, before a transition is taken, who has come to the channel operation
// that he stands at.
func (s *search) park(st *state, t trans) {
	if s.root.Kind != Test {
		return
	}
	time := s.byTime(st, t)
	for i, g := range st.gs {
		if there := t.movers()&(1<<i) == 0 && (g.parked || time && s.atChannel(st, i)); there != g.parked {
			st.own(i).parked = there
		}
	}
}

// atChannel reports whether a goroutine stands at a channel operation that has no
// other way on.
func (s *search) atChannel(st *state, i int) bool {
	f := st.peek(i)
	switch in := &f.fn.code[f.pc]; in.Op {
	case skeleton.Send, skeleton.Recv, skeleton.Recv2:
		return true
	case skeleton.Select:
		return in.N == 0
	}
	return false
}

// parkedAt reports whether a goroutine has come to where it sends to, or receives
// from, a channel.
func (m *machine) parkedAt(st *state, ch int32, send bool) bool {
	var buf [4]port
	for i, g := range st.gs {
		if !g.parked {
			continue
		}
		for _, p := range m.ports(st, i, buf[:0]) {
			if p.send == send && p.ch.k == vRef && p.ch.a == ch {
				return true
			}
		}
	}
	return false
}
