package extract

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Counts that other code gives: what a call yields that may not be looked into, and
// fields of settings that a call has given, in a variable or an unexported field. One
// that becomes a capacity, a limit or the number of workers is at least one: who
// gives zero breaks the contract as a caller does (see paramLayout). What the
// program in sight computes is what it is.
//
// What it computes: may, of each number by itself: one that is compared with zero,
// converted or not, is left out. A number goes on through conversions, not through
// arithmetic, so that half of one may be nothing.

// resultLayout is the layout of what a call yields that may not be looked into. A
// number in it that tells how much there is room for, or how many there are to
// be, is a count as a parameter is: who answers none breaks the contract, unless
// the function looks for that.
func (b *builder) resultLayout(v *ssa.Call) string {
	results := v.Call.Signature().Results()
	layout := b.p.lay.of(results)
	if results.Len() == 1 {
		if b.p.isInt(results.At(0).Type()) && b.p.countUse(v) {
			return "n"
		}
		return layout
	}
	cells := []byte(layout)
	for _, r := range *v.Referrers() {
		e, ok := r.(*ssa.Extract)
		if !ok {
			continue
		}
		off := 0
		for i := range e.Index {
			off += b.p.lay.width(results.At(i).Type())
		}
		if b.p.isInt(e.Type()) && b.p.countUse(e) {
			cells[off] = 'n'
		}
	}
	return string(cells)
}

// countUse reports whether a number becomes a capacity, what a function of the
// library or of this package gets as a count, or the end of a loop, and is not
// compared with zero.
func (p *program) countUse(v ssa.Value) bool { return p.countsRoom(v) && !looksForZero(v) }

// settled reports whether a field holds a count of settings that a function gives out: who
// gives them has seen to it that they can be used. Settings that a caller passes may
// have been left at zero.
func (p *program) settled(addr *ssa.FieldAddr, v *ssa.UnOp) bool {
	if !p.isInt(v.Type()) {
		return false
	}
	if load, ok := addr.X.(*ssa.UnOp); ok && load.Op == token.MUL {
		if f, ok := load.X.(*ssa.FieldAddr); ok {
			return p.given[pointerIn(deref(f.X.Type()), f.Field)] && p.countUse(v)
		}
	}
	return givenOut(addr.X) && p.countUse(v)
}

// noteGiven notes whether a field is only set to what calls give.
func (p *program) noteGiven(f *types.Var, addr *ssa.FieldAddr) {
	for _, r := range *addr.Referrers() {
		switch r := r.(type) {
		case *ssa.Store:
			given, seen := p.given[f]
			p.given[f] = (given || !seen) && r.Addr == ssa.Value(addr) && givenOut(r.Val)
		case *ssa.UnOp, *ssa.DebugRef:
		default:
			p.given[f] = false
		}
	}
}

// pointerIn returns field i of a struct type if it is unexported and a pointer.
func pointerIn(t types.Type, i int) *types.Var {
	s, ok := t.Underlying().(*types.Struct)
	if !ok || s.Field(i).Exported() {
		return nil
	}
	if _, ok := s.Field(i).Type().Underlying().(*types.Pointer); !ok {
		return nil
	}
	return s.Field(i).Origin()
}

// givenOut reports whether a value is what a call has given, perhaps in a variable that
// literals share.
func givenOut(v ssa.Value) bool {
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		a, ok := sharedBy(load.X).(*ssa.Alloc)
		if !ok {
			return false
		}
		v = setOnce(a)
	}
	_, ok := v.(*ssa.Call)
	return ok
}

// sharedBy is the variable that a literal catches, of the function that declares it, nil
// if that is not known; any other address is itself.
func sharedBy(addr ssa.Value) ssa.Value {
	for {
		free, ok := addr.(*ssa.FreeVar)
		if !ok {
			return addr
		}
		literal := free.Parent()
		closures := literal.Referrers() // nil: the wrapper of a method value
		if closures == nil || len(*closures) != 1 {
			return nil
		}
		mc, ok := (*closures)[0].(*ssa.MakeClosure)
		if !ok {
			return nil
		}
		addr = mc.Bindings[slices.Index(literal.FreeVars, free)]
	}
}

func (p *program) countsRoom(v ssa.Value) bool {
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.Convert:
			if p.isInt(r.Type()) && p.countsRoom(r) {
				return true
			}
		case *ssa.MakeChan:
			return true
		case *ssa.BinOp:
			if _, counter := r.X.(*ssa.Phi); counter && r.Op == token.LSS && r.Y == v {
				return true
			}
		case ssa.CallInstruction:
			if t, _ := p.callee(r.Common()); t.model != nil {
				return true
			}
			f := r.Common().StaticCallee()
			if f == nil || len(f.Params) != len(r.Common().Args) {
				continue
			}
			for i, a := range r.Common().Args {
				if a == v && !p.counts[f.Params[i]] {
					return true
				}
			}
		}
	}
	return false
}

func looksForZero(v ssa.Value) bool {
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.Convert:
			if looksForZero(r) {
				return true
			}
		case *ssa.BinOp:
			if comparesWithZero(r, v) {
				return true
			}
		}
	}
	return false
}
