package oracle

import (
	"slices"
	"strings"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// exec does one operation that no other goroutine can notice.
func (r *run) exec(g *goroutine, f *frame, in *skeleton.Instr) {
	switch in.Op {
	case skeleton.Jump:
		f.block, f.pc = in.Then, 0
		return
	case skeleton.Branch:
		if r.truth(r.arg(f, in.Args[0])) {
			f.block, f.pc = in.Then, 0
		} else {
			f.block, f.pc = in.Else, 0
		}
		return
	case skeleton.Return:
		var cells []value
		for _, a := range in.Args {
			cells = append(cells, flat(r.arg(f, a))...)
		}
		r.ret(g, cells)
		return
	case skeleton.Panic:
		var v value = null{}
		if len(in.Args) > 0 {
			v = r.arg(f, in.Args[0])
		}
		if v == (null{}) {
			v = iface{tag: "runtime.Error", v: ""}
		}
		r.throw(g, v)
		return
	case skeleton.Goexit:
		f.unwind = &unwind{goexit: true, value: null{}}
		return
	case skeleton.Stop:
		r.s.cut = true
		return
	case skeleton.Call:
		r.call(g, r.arg(f, in.Args[0]), in.Method, r.args(f, in.Args[1:]))
		return
	case skeleton.RunDefers:
		if n := len(f.defers); n > 0 {
			d := f.defers[n-1]
			f.defers = f.defers[:n-1]
			r.callDeferred(g, d)
			return
		}
		f.pc++
		return
	case skeleton.Defer:
		f.defers = append(f.defers, deferred{in.Pos, r.arg(f, in.Args[0]), in.Method, r.args(f, in.Args[1:])})
		f.pc++
		return
	}
	dst, ok := r.compute(g, f, in)
	if !ok {
		r.throwRuntime(g)
		return
	}
	if in.Dst != skeleton.NoReg {
		f.regs[in.Dst] = dst
	}
	f.pc++
}

// compute gives the result of an operation on data, or ok false where it panics.
func (r *run) compute(g *goroutine, f *frame, in *skeleton.Instr) (v value, ok bool) {
	args := r.args(f, in.Args)
	switch in.Op {
	case skeleton.Copy:
		return args[0], true
	case skeleton.Sym:
		return r.fresh(in.Layout), true
	case skeleton.FreshCount:
		return r.fresh("u"), true
	case skeleton.Bin:
		return r.binary(in.Tag, args[0], args[1])
	case skeleton.Not:
		if b, known := args[0].(bool); known {
			return !b, true
		}
		return sym{letter: 'b', op: "not", a: args[0], b: null{}}, true
	case skeleton.Neg:
		return r.binary("sub", int64(0), args[0])
	case skeleton.Len, skeleton.Cap:
		return r.length(in.Op, args[0]), true
	case skeleton.Agg:
		cells := agg{}
		for _, a := range args {
			cells = append(cells, flat(a)...)
		}
		return cells, true
	case skeleton.Elem:
		cells := flat(args[0])
		if int(in.N+in.M) > len(cells) {
			return r.fresh("pppppppppppppppp"[:min(in.M, 16)]), true
		}
		return bare(slices.Clone(cells[in.N : in.N+in.M])), true
	case skeleton.Closure:
		return fn{name: in.Args[0].S, caps: args[1:]}, true
	case skeleton.Iface:
		return iface{in.Tag, args[0], in.N == 1}, true
	case skeleton.Assert, skeleton.Assert2:
		return r.assert(in, args[0])
	case skeleton.Recover:
		return r.recoverPanic(g), true
	case skeleton.Havoc:
		for i, a := range args {
			r.escape(a, rune(in.Tag[i]))
		}
		return r.given(in.Layout, in.N&skeleton.Foreign != 0), true
	}
	return r.memory(in, args)
}

// recoverPanic stops the panic that called the top frame as a deferred function.
func (r *run) recoverPanic(g *goroutine) value {
	n := len(g.frames)
	if n < 2 || !g.frames[n-1].deferred {
		return null{}
	}
	below := g.frames[n-2]
	u := below.unwind
	if u == nil || u.goexit || u.recovered {
		return null{}
	}
	below.unwind = &unwind{value: u.value, recovered: true}
	return u.value
}

func (r *run) assert(in *skeleton.Instr, v value) (value, bool) {
	holds := false
	switch v := v.(type) {
	case iface:
		holds = v.tag == in.Tag
		if t := r.prog.Types[v.tag]; in.N == 1 {
			holds = t != nil && slices.Contains(t.Implements, in.Tag)
		}
		if holds && in.N == 0 {
			if in.Op == skeleton.Assert {
				return v.v, true
			}
			return agg(append(fit(v.v, in.Layout), true)), true
		}
	case sym:
		holds = r.chooseOf("false", "true") == 1
		if holds {
			fresh := r.fresh(in.Layout)
			if in.Op == skeleton.Assert {
				return fresh, true
			}
			return agg(append(slices.Clone(flat(fresh)), true)), true
		}
	}
	switch {
	case in.Op == skeleton.Assert && holds:
		return v, true
	case in.Op == skeleton.Assert:
		return nil, false
	case holds:
		return agg{v, true}, true
	}
	return agg(append(fit(agg{}, in.Layout), false)), true
}

func (r *run) length(op skeleton.Op, v value) value {
	switch v := v.(type) {
	case slice:
		if op == skeleton.Cap {
			return int64(v.cap)
		}
		return int64(v.len)
	case string:
		return int64(len(v))
	case null:
		return int64(0)
	case sym:
		if v.op == "append" && op == skeleton.Len {
			n, _ := r.binary("add", r.length(op, r.resolved(v.a)), v.b)
			return n
		}
	case ref:
		switch o := r.s.heap[v.obj]; {
		case o.kind == 'm':
			return int64(len(o.keys))
		case o.kind == 'h' && op == skeleton.Cap:
			return o.cap
		case o.kind == 'h':
			return int64(len(o.buf))
		}
	}
	return sym{letter: 'u', op: op.String(), a: v, b: null{}}
}

// binary computes A op B; a division by zero panics.
func (r *run) binary(op string, a, b value) (value, bool) {
	switch op {
	case "known":
		_, known := a.(int64)
		return known, true
	case "eq", "ne":
		eq, known := r.equal(a, b)
		if !known {
			e := sym{letter: 'b', op: "eq", a: a, b: b}
			if op == "ne" {
				return sym{letter: 'b', op: "not", a: e, b: null{}}, true
			}
			return r.resolved(e), true
		}
		return eq == (op == "eq"), true
	}
	x, xInt := a.(int64)
	y, yInt := b.(int64)
	if xInt && yInt {
		return arith(op, x, y)
	}
	if s, ok := a.(string); ok && computable(op, a, b) {
		return arith(op, int64(strings.Compare(s, b.(string))), 0)
	}
	p, pBool := a.(bool)
	q, qBool := b.(bool)
	if pBool && qBool {
		switch op {
		case "and":
			return p && q, true
		case "or":
			return p || q, true
		case "xor":
			return p != q, true
		}
	}
	letter := byte('i')
	switch op {
	case "lt", "le", "gt", "ge":
		letter = 'b'
	case "and", "or", "xor":
		if pBool || qBool || letterOf(a) == 'b' {
			letter = 'b'
		}
	}
	return r.resolved(sym{letter: letter, op: op, a: a, b: b}), true
}

// computable reports whether binary has a result for known operands: numbers have, flags
// that are combined, and texts that are put in order.
func computable(op string, a, b value) bool {
	switch a.(type) {
	case int64:
		_, ok := b.(int64)
		return ok
	case bool:
		_, ok := b.(bool)
		return ok && (op == "and" || op == "or" || op == "xor")
	case string:
		_, ok := b.(string)
		return ok && (op == "lt" || op == "le" || op == "gt" || op == "ge")
	}
	return false
}

func letterOf(v value) byte {
	if s, ok := v.(sym); ok {
		return s.letter
	}
	return 0
}

func arith(op string, x, y int64) (value, bool) {
	switch op {
	case "lt":
		return x < y, true
	case "le":
		return x <= y, true
	case "gt":
		return x > y, true
	case "ge":
		return x >= y, true
	case "add":
		return x + y, true
	case "sub":
		return x - y, true
	case "mul":
		return x * y, true
	case "and":
		return x & y, true
	case "or":
		return x | y, true
	case "xor":
		return x ^ y, true
	case "min":
		return min(x, y), true
	case "max":
		return max(x, y), true
	}
	switch {
	case op == "quo" && y != 0:
		return x / y, true
	case op == "rem" && y != 0:
		return x % y, true
	case op == "shl" && y >= 0:
		return x << min(y, 63), true
	case op == "shr" && y >= 0:
		return x >> min(y, 63), true
	}
	return nil, false
}

// equal compares two values; known is false where unknown data decides.
func (r *run) equal(a, b value) (eq, known bool) {
	if sameText(a) == sameText(b) || isZero(a) && isZero(b) && (a == value(null{}) || b == value(null{})) {
		return true, true // the zero value of a type parameter is nil, whatever it stands for
	}
	unknown := false
	for _, v := range []value{a, b} {
		switch v := v.(type) {
		case sym:
			unknown = true
		case iface, agg:
			symbolsIn(v, func(sym) { unknown = true })
		}
	}
	// A symbol that has been found not to be nil differs from nil.
	for _, pair := range [][2]value{{a, b}, {b, a}} {
		if s, ok := pair[0].(sym); ok && pair[1] == value(null{}) && r.nonNil(s) {
			return false, true
		}
		i, ok := pair[1].(iface)
		if s, isSym := pair[0].(sym); ok && isSym && i.private && s.foreign {
			return false, true
		}
	}
	return false, !unknown
}
