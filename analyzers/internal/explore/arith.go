package explore

import (
	"strings"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Results of operators and of type assertions, on known values and on symbols.

func (st *state) not(v value, in *instr) value {
	if v.k == vBool {
		return boolValue(v.a == 0)
	}
	return st.expr('b', opNot, 0, v, value{}, in)
}

// binary computes or, where data is unknown, makes the symbol of the expression.
func (m *machine) binary(st *state, i int, in *instr) (outcome, *ask) {
	f := st.peek(i)
	x, y := m.val(st, f, in, in.args[0]), m.val(st, f, in, in.args[1])
	if in.Tag == "known" {
		st.setReg(i, in, boolValue(x.k == vInt))
		return goOn, nil
	}
	op, negate := opEq, false
	switch in.Tag {
	case "eq":
	case "ne":
		negate = true
	case "lt":
		op = opLt
	case "le":
		op = opLe
	case "gt":
		op, x, y = opLt, y, x
	case "ge":
		op, x, y = opLe, y, x
	default:
		op = binOps[in.Tag]
	}
	var v value
	var known bool
	if op == opEq {
		v, known = st.equal(x, y)
	} else if x.k == vInt && y.k == vInt {
		v, known = arith(op, int(x.a), int(y.a))
		if !known {
			return cut, nil // division by zero
		}
	}
	if x.k == vStr && y.k == vStr && (op == opLt || op == opLe) {
		order := strings.Compare(m.strText[x.a], m.strText[y.a])
		v, known = boolValue(order < 0 || op == opLe && order == 0), true
	}
	if !known {
		letter := byte('b')
		if op >= opAdd {
			letter = m.numberLetter(st, op, x, y)
		}
		v = st.expr(letter, op, 0, x, y, in)
	}
	if negate {
		v = st.not(v, in)
	}
	st.setReg(i, in, v)
	return goOn, nil
}

// numberLetter is the layout letter of arithmetic on unknown numbers; strings stay opaque.
func (m *machine) numberLetter(st *state, op uint8, x, y value) byte {
	letter := func(v value) byte {
		switch v.k {
		case vSym:
			return st.syms[v.a].letter
		case vInt:
			if v.a >= 0 {
				return 'u'
			}
			return 'i'
		case vBool:
			return 'b'
		}
		return 'o'
	}
	a, b := letter(x), letter(y)
	switch {
	case a == 'o' || b == 'o':
		return 'o'
	case a == 'b' || b == 'b':
		return 'b'
	case a == 'i' || b == 'i' || op == opSub:
		return 'i'
	}
	return 'u'
}

// assert executes a type assertion.
func (m *machine) assert(st *state, i int, in *instr, v value) (outcome, *ask) {
	width := max(len(in.Layout), 1)
	comma := in.Op == skeleton.Assert2
	give := func(val value, ok value) (outcome, *ask) {
		if comma {
			val = aggValue(append(append([]value(nil), cellsOf(val, width)...), ok))
		}
		st.setReg(i, in, val)
		return goOn, nil
	}
	fail := func() (outcome, *ask) {
		if !comma {
			return cut, nil
		}
		return give(zeroOf(in.Layout), falseVal)
	}
	switch v.k {
	case vNil:
		return fail()
	case vIface:
		if in.N == 0 {
			if v.a == in.tag {
				return give(v.parts()[0], trueValue)
			}
			return fail()
		}
		t := m.types[v.a]
		if t == nil {
			break
		}
		for _, name := range t.Implements {
			if name == in.Tag {
				return give(v, trueValue)
			}
		}
		return fail()
	}
	if comma {
		if in.N != 0 && strings.HasPrefix(in.Tag, "library.") {
			return fail() // models ask for what is in sight
		}
		ok := st.expr('b', opAssertOK, in.tag, v, value{}, in)
		if a := st.wantBool(ok); a != nil {
			return goOn, a
		}
		if st.resolve(ok).a == 0 {
			return fail()
		}
	}
	if v.k == vIface || in.N != 0 && v.k == vSym {
		return give(v, trueValue)
	}
	if len(in.Layout) == 1 {
		return give(st.expr(in.Layout[0], opAssertVal, in.tag, v, value{}, in), trueValue)
	}
	return give(st.fresh(in.Layout, in), trueValue)
}
