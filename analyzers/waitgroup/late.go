package waitgroup

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"
)

// This file finds an Add, or a Go, that follows the start of a goroutine which waits:
// "calls with a positive delta that occur when the counter is zero must happen before
// a Wait" (package sync). Must, as far as order in the source is order in time: the
// goroutine waits first of all, nothing between its start and the Add blocks or calls
// other functions, the function does not count itself down, and what it has counted
// before are goroutines that come to their Done without waiting for anything. It
// looks at variables of the function, and at fields that no other function counts on.

// late reports the first Add after the start n of a goroutine that waits.
func (s *syntax) late(cur inspector.Cursor, n *ast.GoStmt, started function) {
	for _, wait := range s.bodies.events(started).ops {
		if wait.kind != opWait || !s.atOnce(started, wait.call) || !comesFromOutside(cur, n, wait.on) || !s.zero(cur, n, wait.on) {
			continue
		}
		if add := s.following(cur, wait.on); add != nil && !s.reported[add.Pos()] {
			s.reportLate(n, wait.call, add)
			return
		}
	}
}

// atOnce reports whether a goroutine's function calls Wait before all else, but for
// what it defers.
func (s *syntax) atOnce(started function, wait *ast.CallExpr) bool {
	for _, stmt := range started.body.List {
		switch stmt := stmt.(type) {
		case *ast.DeferStmt:
		case *ast.ExprStmt:
			return ast.Unparen(stmt.X) == wait
		default:
			return false
		}
	}
	return false
}

// zero reports whether nobody may keep the counter above zero once the goroutine that
// n starts has got to its Wait.
func (s *syntax) zero(cur inspector.Cursor, n *ast.GoStmt, on operand) bool {
	if on.path == "" && on.root.Kind() != types.LocalVar || on.path != "" && !s.countedOnlyBy(cur, on) {
		return false
	}
	before, around := s.bodies.around(cur, n)
	if around.has(opDone, on) {
		return false
	}
	counted := int64(0)
	for _, o := range before {
		if o.on.id() != on.id() {
			continue
		}
		if o.kind != opAdd || o.n <= 0 || !o.always {
			return false
		}
		counted += o.n
	}
	for at, ok := cur.PrevSibling(); ok; at, ok = at.PrevSibling() {
		if g, ok := at.Node().(*ast.GoStmt); ok {
			f, ok := s.bodies.called(g.Call)
			if !ok {
				continue
			}
			if e := s.bodies.events(f); e.has(opDone, on) && len(e.blocks) == 0 {
				counted--
			}
		}
	}
	return counted == 0
}

// countedOnlyBy reports whether the declaration around cur has all calls of the package
// that count something on a field, which is not exported.
func (s *syntax) countedOnlyBy(cur inspector.Cursor, on operand) bool {
	if on.last.Exported() || isPointer(on.last.Type()) {
		return false
	}
	var around ast.Node
	for up := range cur.Enclosing((*ast.FuncDecl)(nil)) {
		around = up.Node()
	}
	return around != nil && !slices.ContainsFunc(s.counting(on.last.Origin()), func(call *ast.CallExpr) bool {
		return call.Pos() < around.Pos() || call.Pos() > around.End()
	})
}

// counting lists the calls that count something on a field.
func (s *syntax) counting(field *types.Var) []*ast.CallExpr {
	if s.counts == nil {
		s.counts = map[*types.Var][]*ast.CallExpr{}
		root := s.pass.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root()
		for cur := range root.Preorder((*ast.CallExpr)(nil)) {
			call := cur.Node().(*ast.CallExpr)
			if o, ok := s.bodies.operation(call); ok && o.on.known() && (o.kind == opAdd || o.kind == opGo) {
				f := o.on.last.Origin()
				s.counts[f] = append(s.counts[f], call)
			}
		}
	}
	return s.counts[field]
}

// following is the call that counts next, in the statements after cur.
func (s *syntax) following(cur inspector.Cursor, on operand) *ast.CallExpr {
	for next, ok := cur.NextSibling(); ok; next, ok = next.NextSibling() {
		stmt, ok := next.Node().(ast.Stmt)
		if !ok {
			return nil
		}
		e := s.bodies.events(function{body: &ast.BlockStmt{List: []ast.Stmt{stmt}}})
		for _, o := range e.ops {
			if o.on.id() == on.id() && (o.kind == opAdd && o.n >= 0 || o.kind == opGo) && !e.blocksBefore(o.call) {
				return o.call
			}
		}
		if len(e.blocks) > 0 || e.calls || e.exits || e.has(opWait, on) {
			return nil
		}
	}
	return nil
}

func (s *syntax) reportLate(n *ast.GoStmt, wait, add *ast.CallExpr) {
	s.reported[add.Pos()] = true
	s.reported[wait.Pos()] = true
	name := operandString(add)
	s.pass.Report(analysis.Diagnostic{
		Pos:      add.Pos(),
		End:      add.End(),
		Category: "waitgroup/add",
		Message: fmt.Sprintf("%s.%s after the start of a goroutine that waits: %s.Wait at line %d may return before; start that goroutine last",
			name, ast.Unparen(add.Fun).(*ast.SelectorExpr).Sel.Name, name, s.pass.Fset.Position(wait.Pos()).Line),
		Related: []analysis.RelatedInformation{
			{Pos: n.Pos(), End: n.Pos(), Message: "the goroutine starts here"},
			{Pos: wait.Pos(), End: wait.End(), Message: "waits here"},
		},
	})
}
