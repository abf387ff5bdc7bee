package extract

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// Types over type parameters. Within the bodies of generic functions, which are
// looked at as they are declared, Queue[T] of one function and Queue[T] of
// another are different types: each has a T of its own. They are taken for one, as
// are the methods of both.

// methodOf is the function of a method of a dynamic type, nil if there is none.
// Of a type over type parameters it is that of the type as it is declared.
func (p *program) methodOf(sel *types.Selection) *ssa.Function {
	if fn := p.prog.MethodValue(sel); fn != nil || len(sel.Index()) > 1 {
		return fn
	}
	fn, ok := sel.Obj().(*types.Func)
	if !ok {
		return nil
	}
	_, pointer := types.Unalias(fn.Signature().Recv().Type()).(*types.Pointer)
	if _, has := types.Unalias(sel.Recv()).(*types.Pointer); has != pointer {
		return nil // go/ssa would make a wrapper
	}
	return p.prog.FuncValue(fn.Origin())
}

// implements reports whether values of a type may be in an interface. Where type
// parameters are involved the names of the methods tell.
func implements(t types.Type, iface *types.Interface) bool {
	if types.Implements(t, iface) {
		return true
	}
	if !isOpen(t) || iface.NumMethods() == 0 {
		return false
	}
	for m := range iface.Methods() {
		if obj, _, _ := types.LookupFieldOrMethod(t, false, m.Pkg(), m.Name()); obj == nil {
			return false
		}
	}
	return true
}

// isOpen reports whether a type is over type parameters.
func isOpen(t types.Type) bool {
	switch t := types.Unalias(t).(type) {
	case *types.TypeParam:
		return true
	case *types.Pointer:
		return isOpen(t.Elem())
	case *types.Slice:
		return isOpen(t.Elem())
	case *types.Named:
		for arg := range t.TypeArgs().Types() {
			if isOpen(arg) {
				return true
			}
		}
	}
	return false
}
