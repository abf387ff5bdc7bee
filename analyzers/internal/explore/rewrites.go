package explore

import "github.com/concheck/concheck/analyzers/internal/skeleton"

// Whether a function may store in a variable that it caught. One that only
// loads from it leaves it as it is, whatever becomes of what it holds.
//
// May, over the code of the function and of those that it hands the variable's
// address to. Within its own computation a function is taken to store.

const (
	rewritesNo uint8 = iota + 1
	rewritesYes
	rewritesBusy
)

// rewrites reports whether a function may store where parameter or caught
// variable number r points.
func (m *machine) rewrites(f *function, r int) bool {
	if f.src == nil || r >= len(f.src.Params)+len(f.src.Frees) {
		return true
	}
	if f.rewrites == nil {
		f.rewrites = make([]uint8, len(f.src.Params)+len(f.src.Frees))
	}
	if f.rewrites[r] == 0 {
		f.rewrites[r] = rewritesBusy
		if m.storesThrough(f, r) {
			f.rewrites[r] = rewritesYes
		} else {
			f.rewrites[r] = rewritesNo
		}
	}
	return f.rewrites[r] != rewritesNo
}

// sets reports whether a function that stores in a variable it caught stores what
// is made in sight and is not nil, as far as can be told. (may)
func (m *machine) sets(f *function, r int) bool {
	stores := 0
	for i := range f.code {
		in := &f.code[i]
		if in.Op != skeleton.Store || in.args[0] != int32(r) {
			continue
		}
		if stores++; !m.madeIn(f, in.args[1], 4) {
			return false
		}
	}
	return stores > 0
}

// madeIn reports whether all that a register is set to is made by the function,
// or comes from one in sight.
func (m *machine) madeIn(f *function, r int32, depth int) bool {
	if r < 0 || depth == 0 {
		return false
	}
	set := false
	for i := range f.code {
		in := &f.code[i]
		if in.Dst != skeleton.Reg(r) {
			continue
		}
		set = true
		switch in.Op {
		case skeleton.Alloc, skeleton.MakeChan, skeleton.MakeMap, skeleton.MakeSlice, skeleton.Closure, skeleton.Iface:
		case skeleton.Copy:
			if !m.madeIn(f, in.args[0], depth-1) {
				return false
			}
		case skeleton.Elem:
			if !m.madeIn(f, in.args[len(in.args)-1], depth-1) {
				return false
			}
		case skeleton.Call:
			a := in.args[0]
			if a >= 0 || in.Method != "" || in.consts[^a].k != vFunc || m.enter(in.consts[^a].a).src == nil {
				return false
			}
		default:
			return false
		}
	}
	return set
}

func (m *machine) storesThrough(f *function, r int) bool {
	same := make([]bool, f.regs)
	same[r] = true
	is := func(a int32) bool { return a >= 0 && same[a] }
	for grown := true; grown; {
		grown = false
		for i := range f.code {
			in := &f.code[i]
			for k, a := range in.args {
				if !is(a) {
					continue
				}
				switch {
				case in.Op == skeleton.Load || in.Op == skeleton.Bin:
				case in.Op == skeleton.Copy || in.Op == skeleton.Field || in.Op == skeleton.Index && k == 0:
					if !same[in.Dst] {
						same[in.Dst], grown = true, true
					}
				case in.Op == skeleton.Closure && k > 0:
					if fn := m.enter(in.consts[^in.args[0]].a); fn.src == nil || m.rewrites(fn, len(fn.src.Params)+k-1) {
						return true
					}
				default:
					return true
				}
			}
			for k := range in.cases {
				if is(in.cases[k].ch) || is(in.cases[k].val) {
					return true
				}
			}
		}
	}
	return false
}
