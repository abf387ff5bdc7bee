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

// announced reports whether the goroutine sends on a channel, or closes it,
// after its Add, and the function around its start n then receives from it.
func (s *syntax) announced(cur inspector.Cursor, n ast.Node, started function, add op) bool {
	signals := map[operandID]bool{}
	ast.Inspect(started.body, func(m ast.Node) bool {
		var ch ast.Expr
		switch m := m.(type) {
		case *ast.FuncLit:
			return false
		case *ast.SendStmt:
			ch = m.Chan
		case *ast.CallExpr:
			if b, ok := typeutil.Callee(s.pass.TypesInfo, m).(*types.Builtin); ok && b.Name() == "close" {
				ch = m.Args[0]
			}
		}
		if ch != nil && ch.Pos() > add.call.End() {
			if o := started.resolve(s.bodies.operandOf(ch)); o.known() {
				signals[o.id()] = true
			}
		}
		return true
	})
	if len(signals) == 0 {
		return false
	}
	for up := range cur.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		for recv := range up.Preorder((*ast.UnaryExpr)(nil)) {
			e := recv.Node().(*ast.UnaryExpr)
			if e.Op == token.ARROW && e.Pos() > n.End() && signals[s.bodies.operandOf(e.X).id()] {
				return true
			}
		}
		break // the innermost
	}
	return false
}
