package explore

// What a schedule needs of those who call its root, and what it does not. How calls
// go that deal with the world outside is not in the callers' hands, whatever
// they pass, nor is the end of a context, with which everybody has to reckon who
// takes one. (must: an unknown is taken for the callers' unless it is known to be
// such an outcome)

// outcomes notes that unknowns, from number n on, tell how calls went.
func (st *state) outcomes(n int) {
	for ; n < len(st.syms); n++ {
		if s := &st.syms[n]; s.op == opNone {
			s.outcome = true
		}
	}
}

// isOutcome reports whether a symbol tells nothing but how calls went.
func (st *state) isOutcome(n int32, depth int) bool {
	s := &st.syms[n]
	if s.op == opNone || depth == 0 {
		return s.op == opNone && s.outcome
	}
	any := false
	for _, v := range []value{s.x, s.y} {
		if v.k == vSym {
			if !st.isOutcome(v.a, depth-1) {
				return false
			}
			any = true
		}
	}
	return any
}

// partOf reports whether the partner of a transition with the environment is
// time, whether it is the end of a context of the environment, and whether it is
// others who were handed a channel of the program.
func (s *search) partOf(st *state, t trans) (timer, ended, lent bool) {
	var buf [4]port
	for _, p := range s.ports(st, t.g, buf[:0]) {
		if p.cas != t.cas {
			continue
		}
		if o := st.channel(p.ch); o != nil {
			ended = !p.send && o.env&(envSend|envClose|envAll) == envClose
			return o.timer, ended, !o.timer && !ended
		}
		return false, p.ch.k == vSym && st.syms[p.ch.a].op == opDone, false
	}
	return false, false, false
}
