package explored

import (
	"go/ast"
	"go/token"
	"slices"

	"github.com/concheck/concheck/analyzers/internal/explore"
)

// A loop that sleeps does not spin: its author has said how often it goes round,
// and that a receive succeeds at once in one of its rounds is as it may be.
//
// What it computes: over the syntax, the loops around the operation and around
// the calls that lead to it. Ignored: sleep in functions that the loop calls.

// paced reports whether a goroutine that goes round for ever sleeps in between.
func (e *explorer) paced(f *explore.Finding) bool {
	return f.Kind == explore.Spin && slices.ContainsFunc(f.Main.Stack, func(fr explore.Frame) bool {
		pos := e.pkg.Pos(fr.Pos)
		return pos.IsValid() && e.sleepsAround(pos)
	})
}

// sleepsAround reports whether a loop around a position calls time.Sleep.
func (e *explorer) sleepsAround(pos token.Pos) bool {
	for _, n := range e.above(pos) {
		switch n := n.(type) {
		case *ast.ForStmt:
			if e.callsSleep(n.Body) {
				return true
			}
		case *ast.RangeStmt:
			if e.callsSleep(n.Body) {
				return true
			}
		case *ast.FuncLit, *ast.FuncDecl:
			return false
		}
	}
	return false
}

// callsSleep reports whether a block calls time.Sleep, itself.
func (e *explorer) callsSleep(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.SelectorExpr:
			fn := e.info.Uses[n.Sel]
			found = found || fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == "time" && fn.Name() == "Sleep"
		}
		return !found
	})
	return found
}
