package copylock

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
)

// This file makes the two fixes that need no more than an edit in place. Both
// turn a value into a pointer of the same name, so they are offered only if
// each use of the name is a selection, which reads the same for either.

// rangeByIndex rewrites
//
//	for _, a := range as {
//
// to
//
//	for i := range as {
//		a := &as[i]
//
// for slices and arrays that are an operand without calls.
func (c *checker) rangeByIndex(cur inspector.Cursor, n *ast.RangeStmt) []analysis.SuggestedFix {
	value, ok := n.Value.(*ast.Ident)
	if !ok || n.Tok != token.DEFINE || !isIndexed(c.info.TypeOf(n.X)) || !isAddressable(c.info, n.X) {
		return nil
	}
	if _, ok := n.X.(*ast.StarExpr); ok {
		return nil // needs parentheses; rare
	}
	body := cur.ChildAt(edge.RangeStmt_Body, -1)
	if len(n.Body.List) == 0 || !c.onlySelected(body, c.info.Defs[value]) || c.assigned(body, n.X) {
		return nil
	}
	key, ok := n.Key.(*ast.Ident)
	if !ok {
		return nil
	}
	index := key.Name
	if isBlank(key) {
		index = unusedName(body, "i")
	}
	element := value.Name + " := &" + types.ExprString(n.X) + "[" + index + "]\n"
	return []analysis.SuggestedFix{{
		Message: "range over the index",
		TextEdits: []analysis.TextEdit{
			{Pos: key.Pos(), End: value.End(), NewText: []byte(index)},
			{Pos: n.Body.List[0].Pos(), End: n.Body.List[0].Pos(), NewText: []byte(element)},
		},
	}}
}

// pointerReceiver rewrites func (a account) to func (a *account), unless that
// would take the method from a value that needs it.
func (c *checker) pointerReceiver(cur inspector.Cursor, n *ast.FuncDecl) []analysis.SuggestedFix {
	field := n.Recv.List[0]
	method, ok := c.info.Defs[n.Name].(*types.Func)
	if !ok || n.Body == nil {
		return nil
	}
	if recv := receiver(c.info, n); recv != nil && !c.onlySelected(cur.ChildAt(edge.FuncDecl_Body, -1), recv) {
		return nil
	}
	if c.valueNeeded(cur.Inspector().Root(), method) {
		return nil
	}
	return []analysis.SuggestedFix{{
		Message:   "use a pointer receiver",
		TextEdits: []analysis.TextEdit{{Pos: field.Type.Pos(), End: field.Type.Pos(), NewText: []byte("*")}},
	}}
}

// valueNeeded reports whether the package uses the method, or its type, in a
// way that a pointer receiver does not allow: by a method expression, on a
// value that has no address, or with a literal that may become an interface.
func (c *checker) valueNeeded(root inspector.Cursor, method *types.Func) bool {
	recv := method.Signature().Recv().Type()
	for cur := range root.Preorder((*ast.SelectorExpr)(nil), (*ast.CompositeLit)(nil)) {
		switch n := cur.Node().(type) {
		case *ast.SelectorExpr:
			sel := c.info.Selections[n]
			if sel == nil || sel.Obj() != method {
				continue
			}
			if sel.Kind() == types.MethodExpr || !sel.Indirect() && !isPointer(c.info.TypeOf(n.X)) && !isAddressable(c.info, n.X) {
				return true
			}
		case *ast.CompositeLit:
			if types.Identical(c.info.TypeOf(n), recv) && mayBoxed(cur) {
				return true
			}
		}
	}
	return false
}

// mayBoxed reports whether a literal stands where its value could be converted
// to an interface.
func mayBoxed(cur inspector.Cursor) bool {
	switch cur.ParentEdgeKind() {
	case edge.CallExpr_Args, edge.ReturnStmt_Results, edge.CompositeLit_Elts, edge.KeyValueExpr_Value, edge.SendStmt_Value:
		return true
	case edge.ValueSpec_Values:
		return cur.Parent().Node().(*ast.ValueSpec).Type != nil
	case edge.AssignStmt_Rhs:
		return cur.Parent().Node().(*ast.AssignStmt).Tok != token.DEFINE
	}
	return false
}

// onlySelected reports whether each use of v within cur is the operand of a
// selection.
func (c *checker) onlySelected(cur inspector.Cursor, v types.Object) bool {
	for id := range cur.Preorder((*ast.Ident)(nil)) {
		if c.info.Uses[id.Node().(*ast.Ident)] == v && id.ParentEdgeKind() != edge.SelectorExpr_X {
			return false
		}
	}
	return true
}

// assigned reports whether a statement within cur assigns to the variable or
// field x, or takes its address.
func (c *checker) assigned(cur inspector.Cursor, x ast.Expr) bool {
	name := types.ExprString(x)
	for n := range cur.Preorder((*ast.AssignStmt)(nil), (*ast.UnaryExpr)(nil)) {
		switch n := n.Node().(type) {
		case *ast.AssignStmt:
			for _, lhs := range n.Lhs {
				if types.ExprString(lhs) == name {
					return true
				}
			}
		case *ast.UnaryExpr:
			if n.Op == token.AND && types.ExprString(n.X) == name {
				return true
			}
		}
	}
	return false
}

// isAddressable reports whether e is a variable or a field of one, reached
// without a call or an index.
func isAddressable(info *types.Info, e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		_, ok := info.ObjectOf(e).(*types.Var)
		return ok
	case *ast.SelectorExpr:
		if info.Selections[e] == nil {
			return isAddressable(info, e.Sel)
		}
		return isAddressable(info, e.X)
	case *ast.StarExpr:
		return isAddressable(info, e.X)
	}
	return false
}

// unusedName returns base, or base with a number, such that no identifier
// within cur has that name.
func unusedName(cur inspector.Cursor, base string) string {
	taken := map[string]bool{}
	for id := range cur.Preorder((*ast.Ident)(nil)) {
		taken[id.Node().(*ast.Ident).Name] = true
	}
	name := base
	for n := 2; taken[name]; n++ {
		name = base + strconv.Itoa(n)
	}
	return name
}
