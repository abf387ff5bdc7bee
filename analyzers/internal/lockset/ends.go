package lockset

import (
	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/library"
)

// Calls that never return, of which go/ssa does not know.

// endsPath reports whether a call through an interface, or of what a variable of the
// package is declared to be, never returns. After those of functions go/ssa itself
// ends the path.
func endsPath(c *ssa.CallCommon) bool {
	if c.IsInvoke() {
		return library.NoReturn(c.Method.FullName())
	}
	load, ok := c.Value.(*ssa.UnOp)
	if !ok || c.Signature().Results().Len() > 0 {
		return false
	}
	g, ok := load.X.(*ssa.Global)
	return ok && endsProcess(g)
}

// endsProcess reports whether a variable is declared to be a function that never
// returns: var exit = os.Exit.
func endsProcess(g *ssa.Global) bool {
	begin := g.Pkg.Func("init")
	if begin == nil {
		return false
	}
	for _, b := range begin.Blocks {
		for _, i := range b.Instrs {
			if s, ok := i.(*ssa.Store); ok && s.Addr == ssa.Value(g) {
				fn, ok := s.Val.(*ssa.Function)
				return ok && library.NoReturn(fn.RelString(nil))
			}
		}
	}
	return false
}
