package explore

// Answers that come with an error, as those of net.Listen: they are nil only if
// the error is not. Which is decided first makes no difference.

// answer ties those of a call's results that cells tells to the last one, an error.
func (st *state) answer(results []value, cells int32) {
	last := results[len(results)-1]
	for n, v := range results[:len(results)-1] {
		if cells&(1<<n) != 0 && v.k == vSym && last.k == vSym {
			st.syms[v.a].x = last
		}
	}
}

// openError returns the error of an answer if nothing is known of it.
func (st *state) openError(s *symbol) (err value, ok bool) {
	if s.op != opNone || s.x.k != vSym || s.nonnil || s.bound.k != vUnset {
		return value{}, false
	}
	err = st.resolve(s.x)
	return err, err.k == vSym && !st.syms[err.a].nonnil
}

// decideAnswers is called when a symbol was found to be nil: what it was the
// error of is not, and if it was an answer itself, its error is not.
func (st *state) decideAnswers(nilled int32) {
	if s := &st.syms[nilled]; s.op == opNone && s.x.k == vSym {
		if err := st.resolve(s.x); err.k == vSym {
			st.syms[err.a].nonnil = true
		}
	}
	for i := range st.syms {
		if s := &st.syms[i]; s.op == opNone && s.x.k == vSym && s.x.a == nilled && s.bound.k == vUnset {
			s.nonnil = true
		}
	}
}
