package extract

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Counts in fields. An unexported integer field that is only ever set to what a
// caller has passed is as much a count as the parameter: at least one, as a caller
// that passes less breaks the contract (see paramLayout).
//
// What it computes: must, over all functions of the package: each object of the
// type that the package makes has the field set at once, to a parameter that is
// taken as at least one or to a constant that is; nobody looks whether it is
// zero, and nobody gets its address.

// findCounts finds such fields. It goes by the parameters that countParams has found.
func (p *program) findCounts(g *graph) {
	p.counted, p.given = map[*types.Var]bool{}, map[*types.Var]bool{}
	spoilt := map[*types.Var]bool{}
	for _, fn := range g.funcs {
		if g.testFunc(fn) {
			continue
		}
		for _, b := range fn.Blocks {
			for _, in := range b.Instrs {
				switch v := in.(type) {
				case *ssa.FieldAddr:
					if f := pointerIn(deref(v.X.Type()), v.Field); f != nil {
						p.noteGiven(f, v)
					}
					if f := countIn(deref(v.X.Type()), v.Field); f != nil {
						switch given, ok := p.countUses(v); {
						case !ok:
							spoilt[f] = true
						case given:
							p.counted[f] = true
						}
					}
				case *ssa.Alloc:
					for _, f := range unset(v) {
						spoilt[f] = true
					}
				}
			}
		}
	}
	for f := range spoilt {
		delete(p.counted, f)
	}
}

// countIn returns field i of a struct type if it is unexported and an integer.
func countIn(t types.Type, i int) *types.Var {
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	f := s.Field(i)
	if b, isBasic := f.Type().Underlying().(*types.Basic); !isBasic || b.Info()&types.IsInteger == 0 || f.Exported() {
		return nil
	}
	return f.Origin()
}

// countUses reports whether a field is given a count at an address of it, and
// whether all is well there.
func (p *program) countUses(addr *ssa.FieldAddr) (given, ok bool) {
	for _, r := range *addr.Referrers() {
		switch r := r.(type) {
		case *ssa.DebugRef:
		case *ssa.Store:
			if r.Addr != ssa.Value(addr) {
				return false, false
			}
			switch v := r.Val.(type) {
			case *ssa.Parameter:
				if p.counts[v] {
					return false, false
				}
				given = true
			default:
				if !atLeastOne(v) {
					return false, false
				}
			}
		case *ssa.UnOp:
			for _, use := range *r.Referrers() {
				if b, isBin := use.(*ssa.BinOp); isBin && comparesWithZero(b, r) {
					return false, false
				}
			}
		default:
			return false, false
		}
	}
	return given, true
}

// unset are the integer fields that a new object does not have set.
func unset(a *ssa.Alloc) []*types.Var {
	t := deref(a.Type())
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	set := map[int]bool{}
	for _, r := range *a.Referrers() {
		switch r := r.(type) {
		case *ssa.FieldAddr:
			for _, use := range *r.Referrers() {
				if st, ok := use.(*ssa.Store); ok && st.Addr == ssa.Value(r) && st.Block() == a.Block() {
					set[r.Field] = true
				}
			}
		case *ssa.Store:
			if r.Addr == ssa.Value(a) {
				return nil // a copy
			}
		}
	}
	var out []*types.Var
	for i := range s.NumFields() {
		if f := countIn(t, i); f != nil && !set[i] {
			out = append(out, f)
		}
	}
	return out
}

// paramLayout is the layout of a parameter: a bare count is taken as at least
// one, as a caller that passes less breaks the contract, unless one in sight
// does or the function itself looks for that.
func (p *program) paramLayout(v *ssa.Parameter) string {
	if p.isInt(v.Type()) && !p.counts[v] {
		return "n"
	}
	return p.lay.of(v.Type())
}

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
	return p.isInt(v.Type()) && p.givenOut(addr.X) && p.countUse(v)
}

// noteGiven notes whether a field is only set to what calls give.
func (p *program) noteGiven(f *types.Var, addr *ssa.FieldAddr) {
	for _, r := range *addr.Referrers() {
		switch r := r.(type) {
		case *ssa.Store:
			given, seen := p.given[f]
			p.given[f] = (given || !seen) && r.Addr == ssa.Value(addr) && p.givenOut(r.Val)
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

// givenOut reports whether a value is what a call has given, perhaps in a field or in a
// variable that literals share.
func (p *program) givenOut(v ssa.Value) bool {
	load, ok := v.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		_, ok = v.(*ssa.Call)
		return ok
	}
	addr := load.X
	if f, ok := addr.(*ssa.FieldAddr); ok {
		return p.given[pointerIn(deref(f.X.Type()), f.Field)]
	}
	for {
		free, ok := addr.(*ssa.FreeVar)
		if !ok {
			break
		}
		literal := free.Parent()
		closures := *literal.Referrers()
		if len(closures) != 1 {
			return false
		}
		mc, ok := closures[0].(*ssa.MakeClosure)
		if !ok {
			return false
		}
		addr = mc.Bindings[slices.Index(literal.FreeVars, free)]
	}
	a, ok := addr.(*ssa.Alloc)
	if !ok {
		return false
	}
	_, ok = setOnce(a).(*ssa.Call)
	return ok
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

// isInt reports whether a type has the layout of an integer.
func (p *program) isInt(t types.Type) bool {
	l := p.lay.of(t)
	return l == "i" || l == "u"
}
