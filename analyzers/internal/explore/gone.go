package explore

// Of a map of the environment nothing is known but that two loops over it meet the
// same, unless the program itself changes the map in between, and what the program has deleted
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

// isKeyOf reports whether a value is a key that a loop over a map has met. A map that
// the environment got from the program may be another one each time.
func (st *state) isKeyOf(key, m value) bool {
	if key.k != vSym || m.k != vSym {
		return false
	}
	s := &st.syms[key.a]
	return s.op == opMapKey && sameValue(st.resolve(s.x), m)
}

// kept is what a map of the environment keeps under such a key.
func (st *state) kept(key value, layout string, in *instr) []value {
	cells := make([]value, max(len(layout), 1))
	for i := range cells {
		letter := byte('o')
		if layout != "" {
			letter = layout[i]
		}
		if cells[i] = zeroCell(letter); !isLock(cells[i].k) {
			cells[i] = st.expr(letter, opMapVal, int32(i)<<8|int32(letter), key, value{}, in)
		}
	}
	return cells
}

// changed notes that the program has changed a map of the environment: what is
// kept in it from now on may be something else.
func (st *state) changed(m value) {
	for i := range st.syms {
		if s := &st.syms[i]; s.op == opMapVal && st.isKeyOf(s.x, m) {
			was := *s.origin
			was.op, was.x, was.y = opNone, value{}, value{} // no answer that comes with an error
			s.origin = &was
		}
	}
}
