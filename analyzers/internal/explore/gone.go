package explore

// Of a map of the environment nothing is known but what the program has deleted
// itself: what was deleted under a key is not found there again, nor is the key
// met in a loop, until something is stored under it. That others store it again
// meanwhile is not looked at.

// goneSym is the number of the symbol that tells whether a key of a map was
// deleted, -1 if nobody has deleted it.
func (st *state) goneSym(m, key value) int {
	for i := range st.syms {
		if s := &st.syms[i]; s.op == opGone && sameValue(st.resolve(s.x), m) && sameValue(st.resolve(s.y), key) {
			return i
		}
	}
	return -1
}

// isGone reports whether the program has deleted a key from a map of the environment.
func (st *state) isGone(m, key value) bool {
	i := st.goneSym(m, key)
	return i >= 0 && st.syms[i].bound.a != 0
}

// deleted notes that a key of a map is gone, stored that it no longer is.
func (st *state) deleted(m, key value, in *instr) {
	i := st.goneSym(m, key)
	if i < 0 {
		i = int(st.expr('b', opGone, 0, m, key, in).a)
	}
	st.syms[i].bound = trueValue
}

func (st *state) stored(m, key value) {
	if i := st.goneSym(m, key); i >= 0 {
		st.syms[i].bound = falseVal
	}
}
