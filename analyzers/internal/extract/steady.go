package extract

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Steady fields: unexported fields that the package only ever sets in objects of
// the function that makes them, itself or by functions that it calls for that (see
// makerOnly). Whoever comes by such an object later finds in the field what it was
// given there: code of other packages cannot name the field, and that of the package
// does not set it.
//
// What it computes: must, over all stores and all uses of addresses in the
// package. It ignores other packages that overwrite an object as a whole, by
// assignment, through a pointer to a type parameter or by reflection: objects with
// channels and locks are not copied.

// findMoving finds the fields that are set elsewhere than where their object is made.
func findMoving(g *graph, m *makerOnly) map[*types.Var]bool {
	moving := map[*types.Var]bool{}
	for _, fn := range g.funcs {
		for _, b := range fn.Blocks {
			for _, in := range b.Instrs {
				switch in := in.(type) {
				case *ssa.Store:
					if madeBy(in.Addr) != nil || m.holds(in.Addr) {
						continue
					}
					if fa, ok := in.Addr.(*ssa.FieldAddr); ok {
						moving[fieldAt(fa)] = true
					}
					eachPart(in.Val.Type(), func(f *types.Var) { moving[f] = true })
				case *ssa.FieldAddr:
					if isHandedOut(in) {
						moving[fieldAt(in)] = true
					}
				}
			}
		}
	}
	return moving
}

// isHandedOut reports whether the address of a field is used for more than loads,
// stores and parts of it.
func isHandedOut(addr *ssa.FieldAddr) bool {
	for _, r := range *addr.Referrers() {
		switch r := r.(type) {
		case *ssa.DebugRef, *ssa.UnOp, *ssa.FieldAddr, *ssa.IndexAddr:
		case *ssa.Store:
			if r.Val == ssa.Value(addr) {
				return true
			}
		default:
			return true
		}
	}
	return false
}

func fieldAt(addr *ssa.FieldAddr) *types.Var {
	return deref(addr.X.Type()).Underlying().(*types.Struct).Field(addr.Field).Origin()
}

// eachPart calls f for the fields of a type, those of structs in it included.
func eachPart(t types.Type, f func(*types.Var)) {
	switch u := t.Underlying().(type) {
	case *types.Struct:
		for v := range u.Fields() {
			f(v.Origin())
			eachPart(v.Type(), f)
		}
	case *types.Array:
		eachPart(u.Elem(), f)
	}
}

// steadyPlace is the name of a steady field's place, that of the field's place otherwise.
func (p *program) steadyPlace(place string, k string, f *types.Var) string {
	if place == "" || f.Exported() || f.Pkg() != p.pkg || p.moving[f.Origin()] || p.world.mem.joined[k] {
		return place
	}
	mode := byte(skeleton.EscapeAll)
	if _, isChan := f.Type().Underlying().(*types.Chan); isChan {
		mode = p.fields.others[f.Origin()].mode()
	}
	return skeleton.SteadyPlace(place, mode)
}
