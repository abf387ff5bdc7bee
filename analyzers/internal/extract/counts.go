package extract

import (
	"go/types"

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
				if !atLeastOne(v, r.Block()) {
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

// isInt reports whether a type has the layout of an integer.
func (p *program) isInt(t types.Type) bool {
	l := p.lay.of(t)
	return l == "i" || l == "u"
}
