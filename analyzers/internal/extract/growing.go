package extract

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Fields with slices and maps that may be of any length: the package adds to them, or
// others may, for the fields are exported.
//
// What it computes: may, over all functions but tests: somebody appends to the
// field of an object that he has not made, or puts something into its map, and nobody
// compares its length with a number larger than one, nor with anything else
// that is not zero.

// growing are the fields that may be of any length.
type growing struct{ grows, bounded map[*types.Var]bool }

func (g growing) has(f *types.Var) bool { return (f.Exported() || g.grows[f]) && !g.bounded[f] }

// findGrowing finds such fields.
func findGrowing(g *graph) growing {
	out := growing{map[*types.Var]bool{}, map[*types.Var]bool{}}
	for _, fn := range g.funcs {
		if g.testFunc(fn) {
			continue
		}
		for _, b := range fn.Blocks {
			for _, in := range b.Instrs {
				switch in := in.(type) {
				case *ssa.Store:
					if f := listField(in.Addr); f != nil && appends(in.Val, f) {
						out.grows[f] = true
					}
				case *ssa.MapUpdate:
					if f := loadedFrom(in.Map); f != nil {
						out.grows[f] = true
					}
				case *ssa.BinOp:
					for _, side := range [][2]ssa.Value{{in.X, in.Y}, {in.Y, in.X}} {
						if f := lengthOf(side[0]); f != nil && !counts(in, side[1]) {
							out.bounded[f] = true
						}
					}
				}
			}
		}
	}
	return out
}

// listField is the field that an address is of if that holds a slice or a map, of an
// object that the function has not made; nil otherwise.
func listField(addr ssa.Value) *types.Var {
	fa, ok := addr.(*ssa.FieldAddr)
	if !ok {
		return nil
	}
	if _, fresh := fa.X.(*ssa.Alloc); fresh {
		return nil
	}
	f := fieldAt(fa)
	switch f.Type().Underlying().(type) {
	case *types.Slice, *types.Map:
		return f
	}
	return nil
}

// loadedFrom is the field that a slice or a map was loaded from.
func loadedFrom(v ssa.Value) *types.Var {
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		return listField(load.X)
	}
	return nil
}

// appends reports whether a value is what is in a field and something more.
func appends(v ssa.Value, f *types.Var) bool {
	c, ok := v.(*ssa.Call)
	if !ok {
		return false
	}
	bi, ok := c.Call.Value.(*ssa.Builtin)
	return ok && bi.Name() == "append" && loadedFrom(c.Call.Args[0]) == f
}

// lengthOf is the field of which a value is the length.
func lengthOf(v ssa.Value) *types.Var {
	if c, ok := v.(*ssa.Call); ok {
		if bi, ok := c.Call.Value.(*ssa.Builtin); ok && bi.Name() == "len" {
			return loadedFrom(c.Call.Args[0])
		}
	}
	return nil
}

// counts reports whether a length is compared with zero or one, or with the counter of a
// loop.
func counts(cmp *ssa.BinOp, with ssa.Value) bool {
	switch cmp.Op {
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
	default:
		return true
	}
	if c, ok := with.(*ssa.Const); ok {
		return c.Int64() <= 1
	}
	_, loop := with.(*ssa.Phi)
	if b, ok := with.(*ssa.BinOp); ok && b.Op == token.ADD {
		_, loop = b.X.(*ssa.Phi)
	}
	return loop
}

// growingTag is the tag of a load of what may be of any length.
func (b *builder) growingTag(v *ssa.UnOp) string {
	if f := listField(v.X); f != nil && b.p.growing.has(f) {
		return skeleton.Growing
	}
	return ""
}
