package explore

import "github.com/concheck/concheck/analyzers/internal/skeleton"

// A symbol is an unknown with an identity. It is either primitive or an
// expression over other values; equal expressions are one symbol, so that two
// tests of the same data agree. A decision binds a primitive symbol to a value,
// once and for all that look at it.
type symbol struct {
	*origin
	nonnil bool  // a p symbol decided not to be nil
	bound  value // vUnset while undecided
}

// origin is what a symbol is from the beginning. States share it: they are copied
// at every decision, and most of what they hold is symbols.
type origin struct {
	letter   byte  // layout letter
	foreign  bool  // a function of another package has given it
	outcome  bool  // it tells how a call went, which callers cannot know
	uncalled bool  // it is read where nil stood before others got a function that sets it
	forgot   bool  // it is read where a number or a flag stood before others came by it
	before   int32 // it is read where a list of one less than this stood before others came by it
	op       uint8
	aux      int32        // type tag of opAssert…, operator of opLarge
	size     int32        // of the expression, written out as a tree
	x, y     value        // of an answer: x is the error that comes with it
	at       skeleton.Pos // where it came from
	nameRef  *instr       // the instruction that made it, for the wording
}

// over is the origin of what is the same over other operands.
func (o *origin) over(x, y value) *origin {
	c := *o
	c.x, c.y = x, y
	return &c
}

// Expression operators of symbols; 0 is a primitive symbol.
const (
	opNone uint8 = iota
	opEq
	opLt
	opLe
	opAdd
	opSub
	opMul
	opQuo
	opRem
	opAnd
	opOr
	opXor
	opShl
	opShr
	opMin
	opMax
	opNot
	opNeg
	opLen
	opElemAddr  // address of element y of slice x
	opMapKey    // key number y of map x: others than the keys of other numbers
	opMapVal    // a cell of what is kept under key x of a map; aux tells which
	opAssertOK  // x.(aux) holds
	opAssertVal // x.(aux)
	opDone      // the channel of a context x
	opOpen      // whether channel x was open when it was received from
	opGone      // the program has deleted key y from map x
	opSame      // the answer that x names
	opLarge     // an expression too large to be computed; its operator is aux
)

var binOps = map[string]uint8{
	"add": opAdd, "sub": opSub, "mul": opMul, "quo": opQuo, "rem": opRem, "and": opAnd, "or": opOr,
	"xor": opXor, "shl": opShl, "shr": opShr, "min": opMin, "max": opMax,
}

func (st *state) newSym(letter byte, in *instr) value {
	o := &origin{letter: letter, nameRef: in}
	if in != nil {
		o.at = in.Pos
		switch in.Op {
		case skeleton.Havoc:
			o.foreign, o.outcome = in.N&skeleton.Foreign != 0, in.N&skeleton.Outcome != 0
		case skeleton.Call:
			o.outcome = in.N&skeleton.Outcome != 0
		}
	}
	st.syms = append(st.syms, symbol{origin: o})
	return value{k: vSym, a: int32(len(st.syms) - 1)}
}

// fresh is an unknown value of a layout.
func (st *state) fresh(layout string, in *instr) value {
	switch len(layout) {
	case 0:
		return nilValue
	case 1:
		if v := zeroCell(layout[0]); isLock(v.k) {
			return v
		}
		return st.newSym(layout[0], in)
	}
	cells := make([]value, len(layout))
	for i := range cells {
		cells[i] = st.fresh(layout[i:i+1], in)
	}
	return aggValue(cells)
}

// maxExpr bounds the size of an expression that is computed once its parts are
// known. A larger one keeps its identity and nothing else.
const maxExpr = 32

// expr is the symbol of an expression.
func (st *state) expr(letter byte, op uint8, aux int32, x, y value, in *instr) value {
	size := int32(1)
	if !isIdentity(op) {
		if size += st.exprSize(x) + st.exprSize(y); size > maxExpr {
			op, aux, size = opLarge, int32(op), 1
		}
	}
	for i := range st.syms {
		s := &st.syms[i]
		if s.op == op && s.aux == aux && sameValue(s.x, x) && sameValue(s.y, y) {
			return value{k: vSym, a: int32(i)}
		}
	}
	v := st.newSym(letter, in)
	s := &st.syms[v.a]
	s.op, s.aux, s.x, s.y, s.size = op, aux, x, y, size
	return v
}

func (st *state) exprSize(v value) int32 {
	if v.k != vSym {
		return 0
	}
	return st.syms[v.a].size
}

// isIdentity reports whether there is nothing to compute for an operator: equal
// operands give the same symbol, that is all.
func isIdentity(op uint8) bool { return op >= opElemAddr }

// askable reports whether an expression over x and y that stay may be asked for
// again although nothing refers to it.
func (s *symbol) askable(x, y value) bool {
	return s.op == opSame || s.op == opGone || x.k == vSym || y.k == vSym
}

// sameValue is identity: equal without looking into what is unknown.
func sameValue(x, y value) bool {
	if x.k != y.k || x.a != y.a || x.b != y.b {
		return false
	}
	if x.p == y.p {
		return true
	}
	if x.p == nil || y.p == nil || len(*x.p) != len(*y.p) {
		return false
	}
	for i := range *x.p {
		if !sameValue((*x.p)[i], (*y.p)[i]) {
			return false
		}
	}
	return true
}

// resolve replaces a decided symbol by its value and recomputes an expression
// whose parts were decided since.
func (st *state) resolve(v value) value {
	for depth := 0; v.k == vSym && depth < 64; depth++ {
		s := &st.syms[v.a]
		if s.bound.k != vUnset {
			v = s.bound
			continue
		}
		if s.op == opNone {
			return v
		}
		w, ok := st.fold(v.a)
		if !ok {
			return v
		}
		v = w
	}
	return v
}

// fold computes an expression symbol if its parts allow.
func (st *state) fold(n int32) (value, bool) {
	s := &st.syms[n]
	if isIdentity(s.op) {
		return value{}, false
	}
	x, y := st.resolve(s.x), st.resolve(s.y)
	switch s.op {
	case opEq:
		return st.equal(x, y)
	case opNot:
		if x.k == vBool {
			return boolValue(x.a == 0), true
		}
	case opNeg:
		if x.k == vInt {
			return intValue(int(-x.a)), true
		}
	case opLen:
		switch x.k {
		case vSlice:
			return st.resolve(x.parts()[1]), true
		case vNil:
			return intValue(0), true
		}
	default:
		if x.k == vInt && y.k == vInt {
			return arith(s.op, int(x.a), int(y.a))
		}
	}
	return value{}, false
}

func arith(op uint8, x, y int) (value, bool) {
	n := 0
	switch op {
	case opLt:
		return boolValue(x < y), true
	case opLe:
		return boolValue(x <= y), true
	case opAdd:
		n = x + y
	case opSub:
		n = x - y
	case opMul:
		n = x * y
	case opQuo, opRem:
		if y == 0 {
			return value{}, false
		}
		n = x / y
		if op == opRem {
			n = x % y
		}
	case opAnd:
		n = x & y
	case opOr:
		n = x | y
	case opXor:
		n = x ^ y
	case opShl:
		if y < 0 || y > 30 {
			return value{}, false
		}
		n = x << y
	case opShr:
		if y < 0 || y > 63 {
			return value{}, false
		}
		n = x >> y
	case opMin:
		n = min(x, y)
	case opMax:
		n = max(x, y)
	default:
		return value{}, false
	}
	return clampInt(int64(n)), true
}

// equal compares two resolved values; ok is false if it is undecided.
func (st *state) equal(x, y value) (result value, ok bool) {
	if sameValue(x, y) && x.k != vUnset && x.k != vFunc {
		return trueValue, true
	}
	if x.k == vSym || y.k == vSym {
		if x.k != vSym {
			x, y = y, x
		}
		s := &st.syms[x.a]
		if y.k == vSym && s.op == opMapKey {
			if t := &st.syms[y.a]; t.op == opMapKey && sameValue(s.x, t.x) {
				return falseVal, true // x and y are not the same symbol
			}
		}
		if y.k == vNil && s.nonnil {
			return falseVal, true
		}
		if y.k == vIface && y.b == 1 && s.op == opNone && s.foreign {
			return falseVal, true // private: only this package makes it
		}
		if y.k == vRef && s.op == opNone && st.heap[y.a].env == 0 && y.k != vSym {
			// What the environment never saw is not what it gave.
			return falseVal, true
		}
		return value{}, false
	}
	if x.k == vIface && y.k == vIface {
		if x.a != y.a {
			return falseVal, true
		}
		return st.equal(st.resolve(x.parts()[0]), st.resolve(y.parts()[0]))
	}
	if x.k == vAgg && y.k == vAgg && len(x.parts()) == len(y.parts()) {
		all := true
		for i := range x.parts() {
			eq, known := st.equal(st.resolve(x.parts()[i]), st.resolve(y.parts()[i]))
			if known && eq.a == 0 {
				return falseVal, true
			}
			all = all && known
		}
		return trueValue, all
	}
	if x.k == vUnset || y.k == vUnset {
		return value{}, false
	}
	if x.k == vNil || y.k == vNil {
		// The zero value of a type parameter is nil, whatever it stands for.
		return boolValue(isZero(x) && isZero(y)), true
	}
	return falseVal, true
}

func isZero(v value) bool {
	switch v.k {
	case vNil:
		return true
	case vInt, vBool, vStr:
		return v.a == 0
	}
	return false
}
