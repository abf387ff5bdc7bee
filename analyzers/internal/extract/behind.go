package extract

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Objects around others: a struct that embeds an interface of the package takes the
// methods of whoever implements it for its own, and one of these may begin the work.
// Which one it is the interface decides, so that clients do not call it; without
// it they find no more than the constructor has made.

// startsBehind reports whether clients of a struct can call a method that keeps
// channels that it makes by way of an interface that the struct embeds.
func (g *graph) startsBehind(named *types.Named) bool {
	set := g.p.prog.MethodSets.MethodSet(types.NewPointer(named))
	for i := range set.Len() {
		fn, ok := set.At(i).Obj().(*types.Func)
		if !ok || !fn.Exported() || fn.Pkg() != g.p.pkg {
			continue
		}
		iface, ok := fn.Signature().Recv().Type().Underlying().(*types.Interface)
		if ok && g.startsFor(iface, fn.Name()) {
			return true
		}
	}
	return false
}

// startsFor reports whether a method of an interface keeps channels in one of the
// package's types.
func (g *graph) startsFor(iface *types.Interface, method string) bool {
	scope := g.p.pkg.Scope()
	return slices.ContainsFunc(scope.Names(), func(name string) bool {
		obj, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || obj.IsAlias() || g.inTest(obj) {
			return false
		}
		named, ok := obj.Type().(*types.Named)
		if !ok || named.TypeParams().Len() > 0 || types.IsInterface(named) {
			return false
		}
		t := types.NewPointer(named)
		if !types.Implements(t, iface) {
			return false
		}
		fn := g.p.prog.LookupMethod(t, g.p.pkg, method)
		return fn != nil && keepsChannel(fn)
	})
}

// keepsChannel reports whether a function keeps a channel that it makes in a field.
func keepsChannel(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			if v, ok := in.(*ssa.Store); ok {
				_, made := v.Val.(*ssa.MakeChan)
				_, field := v.Addr.(*ssa.FieldAddr)
				if made && field {
					return true
				}
			}
		}
	}
	return false
}
