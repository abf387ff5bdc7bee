package waitgroup

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"
)

// This file finds what keeps Wait back until a goroutine has called Add, and so
// makes the Add correct. Each answer may be yes too often, which silences a
// report: order in the source stands for order in time.

// comesFromOutside reports whether the WaitGroup exists before the goroutine
// that n starts.
func comesFromOutside(cur inspector.Cursor, n ast.Node, on operand) bool {
	if !on.known() || isPackageLevel(on.root) {
		return on.known()
	}
	for up := range cur.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		if f := up.Node(); f.Pos() <= on.root.Pos() && on.root.Pos() < n.Pos() {
			return true
		}
	}
	return false
}

// outstanding reports whether the function around the start n of a goroutine
// counts something on the WaitGroup before, or by n, or is counted itself.
func (s *syntax) outstanding(cur inspector.Cursor, n ast.Node, on operand) bool {
	if call, ok := n.(*ast.CallExpr); ok {
		if o, ok := s.bodies.operation(call); ok && o.on.id() == on.id() {
			return true
		}
	}
	before, around := s.bodies.around(cur, n)
	for _, o := range before {
		if (o.kind == opAdd || o.kind == opGo) && o.on.id() == on.id() {
			return true
		}
	}
	return around.has(opDone, on)
}

// mayBeWaitedFor reports whether the package waits for the WaitGroup, or
// others may.
func (s *syntax) mayBeWaitedFor(on operand) bool {
	if on.last.Exported() || on.last.Kind() == types.ParamVar || isPointer(on.last.Type()) {
		return true
	}
	if s.waits == nil {
		s.waits = s.bodies.waited()
	}
	return s.waits[on.last.Origin()]
}

// announced reports whether the goroutine tells, after its Add, that it has come so
// far, and the function around its start n then waits for that: on a channel
// that the goroutine sends on or closes, or for another WaitGroup that it is done with.
func (s *syntax) announced(cur inspector.Cursor, n ast.Node, started function, add op) bool {
	signals := map[operandID]bool{}
	counted := started.resolve(add.on).id()
	ast.Inspect(started.body, func(m ast.Node) bool {
		var on operand
		switch m := m.(type) {
		case *ast.FuncLit:
			return false
		case *ast.SendStmt:
			on = s.bodies.operandOf(m.Chan)
		case *ast.CallExpr:
			if b, ok := typeutil.Callee(s.pass.TypesInfo, m).(*types.Builtin); ok && b.Name() == "close" {
				on = s.bodies.operandOf(m.Args[0])
			} else if o, ok := s.bodies.operation(m); ok && o.kind == opDone {
				on = o.on
			}
		}
		if on.known() && m.Pos() > add.call.End() {
			if on = started.resolve(on); on.known() && on.id() != counted {
				signals[on.id()] = true
			}
		}
		return true
	})
	if len(signals) == 0 {
		return false
	}
	for up := range cur.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		for wait := range up.Preorder((*ast.UnaryExpr)(nil), (*ast.CallExpr)(nil)) {
			if wait.Node().Pos() <= n.End() {
				continue
			}
			switch e := wait.Node().(type) {
			case *ast.UnaryExpr:
				if e.Op == token.ARROW && signals[s.bodies.operandOf(e.X).id()] {
					return true
				}
			case *ast.CallExpr:
				if o, ok := s.bodies.operation(e); ok && o.kind == opWait && signals[o.on.id()] {
					return true
				}
			}
		}
		break // the innermost
	}
	return false
}
