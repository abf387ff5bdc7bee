package lockset

import (
	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/lazyssa"
	"github.com/concheck/concheck/analyzers/internal/library"
)

// Calls that never return, of which go/ssa does not know.

// endsPath reports whether a call through an interface, or of what a variable of the
// package is declared to be, never returns. After those of functions go/ssa itself
// ends the path.
func (p *pkg) endsPath(c *ssa.CallCommon) bool {
	if c.IsInvoke() {
		return library.NoReturn(c.Method.FullName())
	}
	load, ok := c.Value.(*ssa.UnOp)
	if !ok || c.Signature().Results().Len() > 0 {
		return false
	}
	g, ok := load.X.(*ssa.Global)
	if p.declared == nil {
		p.declared = lazyssa.Declared(p.ssa)
	}
	return ok && p.declared[g] != nil && library.NoReturn(p.declared[g].RelString(nil))
}
