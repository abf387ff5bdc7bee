package extract

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// Private errors: values of unexported types of the package, and unexported
// error variables that never change, that it only sends on channels and compares.
// A function of another package cannot return one, for it cannot make it and
// nobody has given it one: what it returns is different.
//
// What it computes: may, over the places where the package makes such a value
// or loads the variable. It ignores who receives the value and hands it on: it
// would have to come back through other people's code.

// findPrivate finds the private types and error variables of the package in hand.
func (p *program) findPrivate(g *graph) {
	made, handed := map[types.Object]bool{}, map[types.Object]bool{}
	for _, fn := range g.funcs {
		for _, b := range fn.Blocks {
			for _, in := range b.Instrs {
				v, ok := in.(ssa.Value)
				if !ok {
					continue
				}
				if obj := p.privateIn(v); obj != nil {
					made[obj] = true
					handed[obj] = handed[obj] || !staysIn(v)
				}
			}
		}
	}
	for obj := range made {
		p.private[obj] = !handed[obj]
	}
}

// privateIn returns the unexported type that an interface value is made of, or
// the unexported error variable that a value is loaded from; nil for others.
func (p *program) privateIn(v ssa.Value) types.Object {
	var obj types.Object
	switch v := v.(type) {
	case *ssa.MakeInterface:
		named, ok := types.Unalias(v.X.Type()).(*types.Named)
		if !ok {
			return nil
		}
		obj = named.Obj()
	case *ssa.UnOp:
		g, ok := v.X.(*ssa.Global)
		if !ok || v.Op != token.MUL || !p.sentinels[g] {
			return nil
		}
		obj = g.Object()
	}
	if obj == nil || obj.Exported() || obj.Pkg() != p.pkg || obj.Parent() != p.pkg.Scope() {
		return nil
	}
	return obj
}

// staysIn reports whether a value is only sent on channels and compared.
func staysIn(v ssa.Value) bool {
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.BinOp, *ssa.DebugRef:
		case *ssa.Send:
			if r.Chan == v {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// foreignResult reports whether a call is certain to run a function of another package.
func (p *program) foreignResult(c *ssa.CallCommon) bool {
	fn := c.StaticCallee()
	if fn == nil || fn.Object() == nil || fn.Object().Pkg() == nil {
		return false
	}
	return fn.Object().Pkg() != p.pkg
}

// privacy is 1 for a private value, 0 for others.
func (b *builder) privacy(v ssa.Value) int32 {
	if obj := b.p.privateIn(v); obj != nil && b.p.private[obj] {
		return 1
	}
	return 0
}

// answers has a bit for each cell of the results of a function of the standard
// library that is not nil if the error that comes with it is nil: slices and maps
// that hold nothing may be nil all the same.
func (p *program) answers(c *ssa.CallCommon) (cells int32) {
	res := c.Signature().Results()
	n := res.Len()
	if n < 2 || !isStd(c.StaticCallee().Object().Pkg().Path()) || !types.Identical(res.At(n-1).Type(), errorType) {
		return 0
	}
	at := 0
	for v := range res.Variables() {
		width := p.lay.width(v.Type())
		switch v.Type().Underlying().(type) {
		case *types.Pointer, *types.Interface, *types.Chan, *types.Signature:
			if width == 1 && at < 31 && v != res.At(n-1) {
				cells |= 1 << at
			}
		}
		at += width
	}
	return cells
}
