package extract

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// Errors that wrap others: a function that finds an error to be one that wraps
// another, and returns that in its place, still tells of a failure. That somebody
// out of sight has wrapped nothing is not looked for.

// unwraps reports whether a load reads what an error wraps, to return it. A
// method of the error itself, such as Unwrap, may have nothing to return.
func unwraps(v *ssa.UnOp) bool {
	at, ok := v.X.(*ssa.FieldAddr)
	if !ok || !types.Identical(v.Type(), errorType) || !types.Implements(at.X.Type(), errorType.Underlying().(*types.Interface)) {
		return false
	}
	if _, ok := at.X.(*ssa.Parameter); ok {
		return false
	}
	for _, in := range *v.Referrers() {
		switch in := in.(type) {
		case *ssa.Return:
			return true
		case *ssa.Store:
			if _, ok := in.Addr.(*ssa.Alloc); ok && in.Val == ssa.Value(v) && v.Parent().Recover != nil {
				return true // a result that deferred functions may still change
			}
		}
	}
	return false
}
