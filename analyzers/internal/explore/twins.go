package explore

// Two goroutines are twins if they stand at the same place with the same
// values: exchanging them gives the same state, so only the first one's
// transitions are followed (symmetry reduction).

// twin reports whether t repeats the transition of a goroutine before it.
func (m *machine) twin(st *state, t trans) bool {
	for h := range t.g {
		if m.same(st, h, t.g) && h != t.partner {
			return true
		}
	}
	for h := 0; h < t.partner; h++ {
		if h != t.g && m.same(st, h, t.partner) {
			return true
		}
	}
	return false
}

func (m *machine) same(st *state, a, b int) bool {
	g, h := st.gs[a], st.gs[b]
	if g.fn != h.fn || g.root || h.root || g.announced != h.announced || g.parked != h.parked || len(g.frames) != len(h.frames) || g.crash != nil || h.crash != nil {
		return false
	}
	for n := range g.frames {
		if !m.sameFrame(st, g.frames[n], h.frames[n], n == len(g.frames)-1) {
			return false
		}
	}
	return !m.holds(st, g.id) && !m.holds(st, h.id)
}

func (m *machine) sameFrame(st *state, f, g *frame, top bool) bool {
	if f == g {
		return true
	}
	if f.fn != g.fn || f.pc != g.pc || f.mode != g.mode || f.recovered != g.recovered || f.deferring != g.deferring || len(f.defers) != len(g.defers) {
		return false
	}
	for _, r := range m.liveAt(f, top) {
		if !sameValue(st.resolve(f.regs[r]), st.resolve(g.regs[r])) {
			return false
		}
	}
	for k := range f.defers {
		a, b := &f.defers[k], &g.defers[k]
		if a.in != b.in || !sameValue(a.fn, b.fn) || len(a.args) != len(b.args) {
			return false
		}
		for n := range a.args {
			if !sameValue(a.args[n], b.args[n]) {
				return false
			}
		}
	}
	return true
}

// holds reports whether a lock or Cond knows the goroutine by name.
func (m *machine) holds(st *state, id int32) bool {
	for _, o := range st.heap {
		if o.kind != oCells {
			continue
		}
		for _, v := range o.cells {
			switch {
			case !isLock(v.k) || v.k == vWG:
			case v.k != vCond && v.a == id+1, holdsList(v.parts(), id):
				return true
			}
		}
	}
	return false
}
