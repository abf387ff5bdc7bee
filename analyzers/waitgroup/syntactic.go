package waitgroup

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/concheck/concheck/analyzers/internal/check"
)

// This file finds the misuses that the text of a goroutine's function shows:
// an Add that counts its own goroutine, and a Done in a function that wg.Go
// runs. What the function does is a list of events (see events.go) in which
// the calls of the package's own functions are replaced by what these do.
//
// An Add as first statement of a literal is always reported, as go vet does,
// unless the goroutine then waits for what it counts, or the function that
// starts it waits for a signal that follows the Add. Any other Add is
// reported if it must count its own goroutine: it is the only one there, on
// each path, with a Done of the same goroutine to it and no further goroutine
// that knows the WaitGroup; and if nothing before it could have kept Wait
// back: no count outstanding, no lock, no receive.

// syntax looks for misuses in one package.
type syntax struct {
	pass     *check.Pass
	bodies   *bodies
	waits    map[*types.Var]bool            // variables and fields on which the package calls Wait
	counts   map[*types.Var][]*ast.CallExpr // calls that count on a field, found when first asked for
	reported map[token.Pos]bool             // calls already reported: several goroutines may run one function
}

// checkSyntax returns the positions of the calls that it reports, and of those
// by which a counter then goes wrong: a schedule need not prove that again.
func checkSyntax(pass *check.Pass) map[token.Pos]bool {
	s := &syntax{pass: pass, bodies: newBodies(pass), reported: map[token.Pos]bool{}}
	root := pass.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root()
	for cur := range root.Preorder((*ast.GoStmt)(nil), (*ast.CallExpr)(nil)) {
		switch n := cur.Node().(type) {
		case *ast.GoStmt:
			pass.Each(func() { s.goStatement(cur, n) })
		case *ast.CallExpr:
			pass.Each(func() { s.goMethod(cur, n) })
		}
	}
	return s.reported
}

// goStatement checks the functions that a go statement starts: the called one,
// and those literals that are handed to it.
func (s *syntax) goStatement(cur inspector.Cursor, n *ast.GoStmt) {
	if started, ok := s.bodies.called(n.Call); ok {
		s.goroutine(cur, n, started)
		s.late(cur, n, started)
	}
	for _, arg := range n.Call.Args {
		if lit, ok := ast.Unparen(arg).(*ast.FuncLit); ok {
			f := function{lit: lit, body: lit.Body}
			s.firstAdd(cur, n, f, s.bodies.events(f))
		}
	}
}

// goMethod checks the function handed to the method Go of a WaitGroup or an
// errgroup.
func (s *syntax) goMethod(cur inspector.Cursor, n *ast.CallExpr) {
	if len(n.Args) != 1 || !s.bodies.startsGoroutine(n) {
		return
	}
	started, ok := s.bodies.value(n.Args[0])
	if !ok {
		return
	}
	if op, ok := s.bodies.operation(n); ok && op.kind == opGo {
		s.doneWithinGo(cur, n, op, started)
	}
	s.goroutine(cur, n, started)
}

// goroutine reports an Add in a goroutine that is started at the statement or
// call n.
func (s *syntax) goroutine(cur inspector.Cursor, n ast.Node, started function) {
	all := s.bodies.events(started)
	if _, ok := n.(*ast.GoStmt); ok && started.lit != nil && s.firstAdd(cur, n, started, all) {
		return
	}
	for _, add := range all.ops {
		if add.kind != opAdd || s.reported[add.call.Pos()] || !comesFromOutside(cur, n, add.on) || s.announced(cur, n, started, add) {
			continue
		}
		if countsItself(all, add) && !s.outstanding(cur, n, add.on) && s.mayBeWaitedFor(add.on) {
			s.reportAdd(n, started.lit, add)
			return
		}
		if wait := s.uncounted(cur, n, all, add); wait != nil {
			s.reportUncounted(n, add, wait)
			return
		}
	}
}

// firstAdd reports a literal that starts with Add.
func (s *syntax) firstAdd(cur inspector.Cursor, n ast.Node, started function, all events) bool {
	if len(started.body.List) == 0 {
		return false
	}
	stmt, ok := started.body.List[0].(*ast.ExprStmt)
	if !ok {
		return false
	}
	call, ok := ast.Unparen(stmt.X).(*ast.CallExpr)
	if !ok {
		return false
	}
	add, ok := s.bodies.operation(call)
	if !ok || add.kind != opAdd || add.on.known() && all.has(opWait, add.on) || s.announced(cur, n, started, add) {
		return false
	}
	s.reportAdd(n, started.lit, add)
	return true
}

// countsItself reports whether the goroutine that does what all says counts
// itself by add.
func countsItself(all events, add op) bool {
	if !add.always || !add.on.known() || add.n != 1 || all.sharesWith(add.on) || all.blocksBefore(add.call) {
		return false
	}
	adds, dones := 0, 0
	for _, o := range all.ops {
		if o.on.id() != add.on.id() {
			continue
		}
		switch o.kind {
		case opAdd:
			adds++
		case opDone:
			dones++
		default:
			return false // it waits, or starts others
		}
	}
	return adds == 1 && dones > 0
}

// uncounted returns the Wait that runs into an Add in a goroutine: it follows
// the start of the goroutine in the same block, or the loop around, the WaitGroup is a variable of
// that function, which has not counted anything on it, and nothing in between
// waits for the goroutine.
func (s *syntax) uncounted(cur inspector.Cursor, n ast.Node, all events, add op) *ast.CallExpr {
	if _, ok := n.(*ast.GoStmt); !ok || add.on.path != "" || add.on.root.Kind() != types.LocalVar {
		return nil
	}
	if all.has(opWait, add.on) || all.blocksBefore(add.call) || s.outstanding(cur, n, add.on) {
		return nil
	}
	for {
		next, ok := cur.NextSibling()
		if !ok {
			if cur = loopAround(cur); !cur.Valid() {
				return nil
			}
			continue
		}
		cur = next
		stmt, ok := cur.Node().(ast.Stmt)
		if !ok {
			return nil
		}
		between := s.bodies.events(function{body: &ast.BlockStmt{List: []ast.Stmt{stmt}}})
		for _, o := range between.ops {
			if o.kind == opWait && o.on.id() == add.on.id() && o.always && !between.blocksBefore(o.call) {
				return o.call
			}
		}
		if len(between.blocks) > 0 || between.has(opAdd, add.on) || between.has(opGo, add.on) || between.exits || between.calls {
			return nil
		}
	}
}

// loopAround returns the loop whose body is the block that cur stands in, or an
// invalid cursor.
func loopAround(cur inspector.Cursor) inspector.Cursor {
	switch cur.Parent().ParentEdgeKind() {
	case edge.ForStmt_Body, edge.RangeStmt_Body:
		return cur.Parent().Parent()
	}
	return inspector.Cursor{}
}

// doneWithinGo reports a Done in a function that the method Go of the same
// WaitGroup runs.
func (s *syntax) doneWithinGo(cur inspector.Cursor, n *ast.CallExpr, start op, started function) {
	all := s.bodies.events(started)
	if !start.on.known() || all.has(opAdd, start.on) {
		return
	}
	before, _ := s.bodies.around(cur, n)
	for _, o := range before {
		if o.kind == opAdd && o.on.id() == start.on.id() {
			return // one too many of both
		}
	}
	for _, o := range all.ops {
		if o.kind != opDone || o.on.id() != start.on.id() || s.reported[o.call.Pos()] {
			continue
		}
		s.reported[o.call.Pos()] = true
		s.reported[n.Pos()] = true
		name := operandString(o.call)
		s.pass.Report(analysis.Diagnostic{
			Pos:      o.call.Pos(),
			End:      o.call.End(),
			Category: "waitgroup/done",
			Message: fmt.Sprintf("%s.Done in a function that %s.Go runs counts it down twice: remove the Done, Go does it",
				name, operandString(n)),
			Related:        []analysis.RelatedInformation{{Pos: n.Pos(), End: n.End(), Message: "started here"}},
			SuggestedFixes: s.removeDone(started, o.call),
		})
		return
	}
}

func (s *syntax) reportAdd(n ast.Node, lit *ast.FuncLit, add op) {
	if s.reported[add.call.Pos()] {
		return
	}
	s.reported[add.call.Pos()] = true
	name := operandString(add.call)
	s.pass.Report(analysis.Diagnostic{
		Pos:      add.call.Pos(),
		End:      add.call.End(),
		Category: "waitgroup/add",
		Message: fmt.Sprintf("%s.Add in the goroutine that it counts: %s.Wait may return before the goroutine gets here; call Add before the goroutine starts",
			name, name),
		Related:        []analysis.RelatedInformation{{Pos: n.Pos(), End: n.Pos(), Message: "the goroutine starts here"}},
		SuggestedFixes: s.moveAdd(n, lit, add),
	})
}

func (s *syntax) reportUncounted(n ast.Node, add op, wait *ast.CallExpr) {
	s.reported[add.call.Pos()] = true
	name := operandString(add.call)
	s.pass.Report(analysis.Diagnostic{
		Pos:      add.call.Pos(),
		End:      add.call.End(),
		Category: "waitgroup/add",
		Message: fmt.Sprintf("%s.Add in a goroutine that nothing counts: %s.Wait at line %d may return before; count the goroutine before it starts",
			name, name, s.pass.Fset.Position(wait.Pos()).Line),
		Related: []analysis.RelatedInformation{
			{Pos: n.Pos(), End: n.Pos(), Message: "the goroutine starts here"},
			{Pos: wait.Pos(), End: wait.End(), Message: "waits here"},
		},
	})
}
