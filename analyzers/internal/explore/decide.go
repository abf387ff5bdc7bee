package explore

import (
	"slices"
	"strconv"
)

// Decisions about unknowns: what an instruction asks for before it can go on,
// which values are tried, and the binding that all who look at the symbol share.

// ask names a symbol that must be decided, and between what.
type ask struct {
	sym   int32
	vals  []value // what it may be; vUnset stands for "not nil"
	ample bool    // it is a length larger than others take in
}

// leaf finds the primitive symbol below v to decide first.
func (st *state) leaf(v value, near []int) *ask {
	v = st.resolve(v)
	if v.k != vSym {
		return nil
	}
	s := &st.syms[v.a]
	switch s.op {
	case opAdd, opSub, opMul, opQuo, opRem, opAnd, opOr, opXor, opShl, opShr, opMin, opMax, opLt, opLe, opNeg, opNot:
		if a := st.leaf(s.x, near); a != nil {
			return a
		}
		if a := st.leaf(s.y, near); a != nil {
			return a
		}
	}
	return &ask{sym: v.a, vals: candidates(s.letter, near)}
}

// candidates are the values tried for an unknown of a layout letter, near the
// constants it meets (small scope).
func candidates(letter byte, near []int) []value {
	if letter == 'b' {
		return []value{trueValue, falseVal}
	}
	least, nums := 0, []int{2, 1, 0}
	switch letter {
	case 'i':
		least = -1 << 30
	case 'n':
		least, nums = 1, []int{2, 1}
	}
	for _, c := range near {
		if c > 8 {
			// A large constant is met from both sides only, and itself: a limit
			// that is checked at the door is mostly lawful.
			nums = append(nums, c, c+1)
			continue
		}
		nums = append(nums, c-1, c, c+1)
	}
	slices.Sort(nums)
	nums = slices.Compact(nums)
	var vals []value
	for i := len(nums) - 1; i >= 0; i-- {
		if nums[i] >= least {
			vals = append(vals, intValue(nums[i]))
		}
	}
	return vals
}

// wantInt asks for the number behind v, nil if it is known (or is no number).
func (st *state) wantInt(v value, near ...int) *ask {
	v = st.resolve(v)
	if v.k != vSym {
		return nil
	}
	return st.leaf(v, near)
}

// wantBool asks for what a condition depends on, nil if it is decided.
func (st *state) wantBool(v value) *ask {
	v = st.resolve(v)
	if v.k != vSym {
		return nil
	}
	s := &st.syms[v.a]
	switch s.op {
	case opNot:
		return st.wantBool(s.x)
	case opLt, opLe:
		if st.opaque(s.x) || st.opaque(s.y) {
			break
		}
		return st.wantCompare(st.resolve(s.x), st.resolve(s.y))
	case opEq:
		x, y := st.resolve(s.x), st.resolve(s.y)
		if x.k != vSym {
			x, y = y, x
		}
		if x.k != vSym {
			break // aggregates with unknown parts
		}
		l := st.syms[x.a].letter
		switch {
		case y.k == vNil && l == 'p':
			return &ask{sym: x.a, vals: []value{{}, nilValue}}
		case y.k == vBool || l == 'b':
			if a := st.wantBool(x); a != nil {
				return a
			}
			return st.wantBool(y)
		case l == 'i' || l == 'u' || l == 'n':
			return st.wantCompare(x, y)
		}
	}
	return &ask{sym: v.a, vals: []value{trueValue, falseVal}}
}

// opaque reports whether a value is an unknown string: which of two comes first
// is decided as such.
func (st *state) opaque(v value) bool {
	v = st.resolve(v)
	return v.k == vStr || v.k == vSym && st.syms[v.a].letter == 'o'
}

func (st *state) wantCompare(x, y value) *ask {
	var near []int
	if y.k == vInt {
		near = append(near, int(y.a))
	}
	if x.k == vInt {
		near = append(near, int(x.a))
	}
	if a := st.leaf(x, near); a != nil {
		return a
	}
	return st.leaf(y, near)
}

// decide binds a symbol. The vUnset value decides "not nil".
func (st *state) decide(sym int32, v value) {
	s := &st.syms[sym]
	if v.k == vUnset {
		s.nonnil = true
		return
	}
	s.bound = v
	if v.k == vNil {
		st.decideAnswers(sym)
	}
	if s.op == opOpen && v.k == vBool && v.a == 0 && st.resolve(s.x).k == vSym {
		st.closeUnknown(st.resolve(s.x), s.nameRef, true)
		return
	}
	if s.op != opEq || v.k != vBool || v.a == 0 {
		return
	}
	// x == y holds: an unknown on one side takes the constant on the other.
	x, y := st.resolve(s.x), st.resolve(s.y)
	if x.k != vSym {
		x, y = y, x
	}
	if x.k == vSym && st.syms[x.a].op == opNone && (y.k == vStr || y.k == vInt || y.k == vBool || y.k == vIface && !st.contains(y, x.a)) {
		st.syms[x.a].bound = y
	}
}

// notNil takes it for granted that a value is not nil if nothing is known of it.
func (st *state) notNil(v value) {
	if v = st.resolve(v); v.k == vSym {
		st.syms[v.a].nonnil = true
	}
}

// contains reports whether a value is computed from a symbol. Bound to such a
// value, as x to any(x.(T)) where they are found equal, it would have no end.
func (st *state) contains(v value, sym int32) bool {
	switch v.k {
	case vSym:
		s := &st.syms[v.a]
		return v.a == sym || st.contains(s.bound, sym) || st.contains(s.x, sym) || st.contains(s.y, sym)
	case vAgg, vSlice, vIface, vFunc:
		return slices.ContainsFunc(v.parts(), func(part value) bool { return st.contains(part, sym) })
	}
	return false
}

func (p *Program) valueText(v value) string {
	switch v.k {
	case vUnset:
		return "nonnil"
	case vNil:
		return "nil"
	case vBool:
		return strconv.FormatBool(v.a != 0)
	case vInt:
		return strconv.Itoa(int(v.a))
	case vStr:
		return strconv.Quote(p.strText[v.a])
	}
	return "?"
}
