package explore

import (
	"slices"
	"strconv"
)

// Channels with room for what is expected. Who makes a buffer as large as some
// collection means that there is room for all that is ever sent. If something else
// decides how often that is, a number of its own, how the two are related is known
// to him and not here: that the buffer is full proves nothing.

// sizing names the lengths that an unknown capacity is computed from.
func (m *machine) sizing(st *state, capacity value) []string {
	if capacity.k != vSym {
		return nil
	}
	s := &st.syms[capacity.a]
	switch {
	case s.op == opLen:
		return []string{m.symText(st, capacity.a)}
	case s.op == opNone || isIdentity(s.op):
		return nil
	}
	return append(m.sizing(st, s.x), m.sizing(st, s.y)...)
}

// roomy reports whether one of those who are stuck sends on a channel that is
// full, although it is as large as some collection and something else decides how
// often is sent.
func (s *search) roomy(st *state, stuck uint64, steps []Step) bool {
	for i := range st.gs {
		if stuck&(1<<i) == 0 {
			continue
		}
		var buf [4]port
		for _, p := range s.ports(st, i, buf[:0]) {
			if o := st.channel(p.ch); p.send && o != nil && o.cap > 0 && len(o.sized) > 0 && otherNumber(o, steps) {
				return true
			}
		}
	}
	return false
}

// otherNumber reports whether a schedule goes by a number that a channel's
// capacity does not depend on.
func otherNumber(o *object, steps []Step) bool {
	for _, step := range steps {
		for _, c := range step.Choices {
			if _, err := strconv.Atoi(c.Val); err == nil && c.Pos != o.made && (c.Text == aLength || !slices.Contains(o.sized, c.Text)) {
				return true
			}
		}
	}
	return false
}
