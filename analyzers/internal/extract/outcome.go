package extract

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Outcomes: results that tell how a call went which deals with the world outside,
// as the error of a write to a connection does. A function that meets one may take
// either of its branches, whoever calls it and with what. (must, of calls that are
// certain to be of functions of other packages)

// computing are the packages of the standard library whose errors tell nothing
// but what is wrong with the arguments.
var computing = map[string]bool{
	"bytes": true, "context": true, "errors": true, "fmt": true, "go": true, "hash": true, "html": true, "image": true, "math": true, "mime": true, "path": true,
	"reflect": true, "regexp": true, "sort": true, "strconv": true, "strings": true, "sync": true, "text": true, "time": true, "unicode": true,
}

// isOutcome reports whether the results of a call are its outcome: it ends with an
// error, and what it does is another package's business; or it computes with
// nothing but outcomes.
func (b *builder) isOutcome(c *ssa.CallCommon) bool {
	return b.p.isOutcome(c, map[ssa.Value]bool{})
}

func (p *program) isOutcome(c *ssa.CallCommon, seen map[ssa.Value]bool) bool {
	var pkg *types.Package
	fn := c.StaticCallee()
	switch {
	case c.IsInvoke():
		pkg = c.Method.Pkg()
	case fn != nil && fn.Object() != nil:
		pkg = fn.Object().Pkg()
	}
	if pkg == nil || pkg == p.pkg {
		return false
	}
	first, _, _ := strings.Cut(pkg.Path(), "/")
	if !isStd(pkg.Path()) || !computing[first] {
		return endsWithError(c.Signature())
	}
	return fn != nil && p.allOutcomes(c.Args, seen)
}

func endsWithError(sig *types.Signature) bool {
	res := sig.Results()
	return res.Len() > 0 && types.Identical(res.At(res.Len()-1).Type(), errorType)
}

// allOutcomes reports whether values are computed from outcomes and constants alone.
func (p *program) allOutcomes(vals []ssa.Value, seen map[ssa.Value]bool) bool {
	any := false
	for _, v := range vals {
		if _, ok := v.(*ssa.Const); ok {
			continue
		}
		if any = true; !p.fromOutcome(v, seen) {
			return false
		}
	}
	return any
}

// fromOutcome reports whether a value is computed from outcomes and constants alone.
func (p *program) fromOutcome(v ssa.Value, seen map[ssa.Value]bool) bool {
	if seen[v] || len(seen) > maxOutcome {
		return seen[v] // as the others are of which it is computed
	}
	seen[v] = true
	switch v := v.(type) {
	case *ssa.Const:
		return true
	case *ssa.Call:
		return p.isOutcome(v.Common(), seen)
	case *ssa.Extract:
		return p.fromOutcome(v.Tuple, seen)
	case *ssa.Convert:
		return p.fromOutcome(v.X, seen)
	case *ssa.ChangeType:
		return p.fromOutcome(v.X, seen)
	case *ssa.BinOp:
		return p.fromOutcome(v.X, seen) && p.fromOutcome(v.Y, seen)
	case *ssa.Slice:
		return p.fromOutcome(v.X, seen)
	case *ssa.Phi:
		for _, e := range v.Edges {
			if !p.fromOutcome(e, seen) {
				return false
			}
		}
		return true
	}
	return false
}

// maxOutcome bounds the values that are looked at for one.
const maxOutcome = 100
