package copylock

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"go/version"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
)

// This file has one method for each statement or expression that stores a
// value of an operand elsewhere.

func (c *checker) assignment(cur inspector.Cursor, n *ast.AssignStmt) {
	if cur.ParentEdgeKind() == edge.TypeSwitchStmt_Assign {
		return
	}
	reported := false
	for i, rhs := range n.Rhs {
		if l := c.copied(rhs); l != nil && !isBlank(n.Lhs[i]) && !c.overwritten(cur, n.Lhs[i]) {
			c.report(rhs, "assign", "assignment to "+exprString(n.Lhs[i]), l, exprString(rhs), "keep a pointer instead")
			reported = true
		}
	}
	if !reported && cur.ParentEdgeKind() == edge.ForStmt_Init {
		c.loopVariables(n)
	}
}

// loopVariables reports the variables of a three-clause loop, which since Go
// 1.22 each iteration copies from the one before.
func (c *checker) loopVariables(n *ast.AssignStmt) {
	if n.Tok != token.DEFINE || !c.perIterationVariables() {
		return
	}
	for _, lhs := range n.Lhs {
		id, ok := lhs.(*ast.Ident)
		if !ok || isBlank(id) || c.info.Defs[id] == nil {
			continue
		}
		if l := c.locks.in(c.info.Defs[id].Type()); l != nil && !l.weak {
			c.report(id, "loopvar", "each iteration of the loop", l, id.Name, "declare "+id.Name+" before the loop")
		}
	}
}

func (c *checker) perIterationVariables() bool {
	v := c.info.FileVersions[c.file]
	return v == "" || version.Compare(version.Lang(v), "go1.22") >= 0
}

func (c *checker) variables(cur inspector.Cursor, n *ast.ValueSpec) {
	if decl, ok := cur.Parent().Node().(*ast.GenDecl); !ok || decl.Tok != token.VAR {
		return
	}
	stmt := cur.Parent().Parent() // the DeclStmt, if it is local
	for i, value := range n.Values {
		name := n.Names[i]
		if l := c.copied(value); l != nil && !isBlank(name) && !c.overwritten(stmt, name) {
			c.report(value, "assign", "declaration of "+name.Name, l, exprString(value), "keep a pointer instead")
		}
	}
}

func (c *checker) literal(n *ast.CompositeLit) {
	for _, elt := range n.Elts {
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			if isMap(c.info.TypeOf(n)) {
				c.element(kv.Key)
			}
			elt = kv.Value
		}
		c.element(elt)
	}
}

func (c *checker) element(e ast.Expr) {
	if l := c.copied(e); l != nil {
		c.report(e, "literal", "literal with "+exprString(e), l, exprString(e), "store a pointer")
	}
}

func (c *checker) send(n *ast.SendStmt) {
	if l := c.copied(n.Value); l != nil {
		c.report(n.Value, "send", "send on "+exprString(n.Chan), l, exprString(n.Value), "send a pointer")
	}
}

// mapKey reports m[k] = v, which stores k.
func (c *checker) mapKey(cur inspector.Cursor, n *ast.IndexExpr) {
	if cur.ParentEdgeKind() != edge.AssignStmt_Lhs || !isMap(c.info.TypeOf(n.X)) {
		return
	}
	if l := c.copied(n.Index); l != nil {
		c.report(n.Index, "mapkey", "key of "+exprString(n.X), l, exprString(n.Index), "use a pointer or an identifier as key")
	}
}

func (c *checker) call(n *ast.CallExpr) {
	if b := c.builtin(n); b != nil {
		switch b.Name() {
		case "len", "cap", "Sizeof", "Offsetof", "Alignof":
			return // only the type matters, or nothing is copied
		case "append", "copy":
			if n.Ellipsis.IsValid() || b.Name() == "copy" {
				c.elements(n, b.Name())
			}
		}
	}
	what := "call of " + exprString(n.Fun)
	category := "argument"
	if c.info.Types[n.Fun].IsType() {
		what, category = "conversion to "+exprString(n.Fun), "conversion"
	}
	for _, arg := range n.Args {
		if l := c.copied(arg); l != nil {
			c.report(arg, category, what, l, exprString(arg), "pass a pointer")
		}
	}
}

func (c *checker) builtin(n *ast.CallExpr) *types.Builtin {
	var id *ast.Ident
	switch fun := ast.Unparen(n.Fun).(type) {
	case *ast.Ident:
		id = fun
	case *ast.SelectorExpr:
		id = fun.Sel
	}
	b, _ := c.info.Uses[id].(*types.Builtin)
	return b
}

// elements reports append(dst, src...) and copy(dst, src) of a slice whose
// elements hold a lock.
func (c *checker) elements(n *ast.CallExpr, name string) {
	if len(n.Args) != 2 || c.isFresh(ast.Unparen(n.Args[1])) {
		return
	}
	slice, ok := c.info.TypeOf(n.Args[1]).Underlying().(*types.Slice)
	if !ok {
		return
	}
	if l := c.locks.in(slice.Elem()); l != nil {
		src := exprString(n.Args[1])
		c.report(n, name, name+" of the elements of "+src, l, src+"[i]", "keep pointers in the slice")
	}
}

// results reports what a return statement copies: its operands, or the named
// results, if a lock in one has been used.
func (c *checker) results(cur inspector.Cursor, n *ast.ReturnStmt) {
	for _, e := range n.Results {
		if l := c.copied(e); l != nil {
			c.report(e, "return", "return of "+exprString(e), l, exprString(e), "return a pointer")
		}
	}
	if len(n.Results) > 0 {
		return
	}
	typ, _ := enclosingFunc(cur)
	if typ == nil || typ.Results == nil {
		return
	}
	for _, field := range typ.Results.List {
		for _, name := range field.Names {
			v, ok := c.info.Defs[name].(*types.Var)
			if !ok {
				continue
			}
			if l := c.locks.in(v.Type()); l != nil && c.usedBefore(v, n.Pos()) {
				c.report(n, "return", "return of "+name.Name, l, name.Name, "return a pointer")
			}
		}
	}
}

func (c *checker) receiver(cur inspector.Cursor, n *ast.FuncDecl) {
	if n.Recv == nil || len(n.Recv.List) == 0 {
		return
	}
	field := n.Recv.List[0]
	if l := c.locks.in(c.info.TypeOf(field.Type)); l != nil {
		c.report(field.Type, "receiver", "value receiver of "+n.Name.Name, l, fieldName(field, "the receiver"),
			"use a pointer receiver", c.pointerReceiver(cur, n)...)
	}
}

func (c *checker) parameters(name string, typ *ast.FuncType) {
	for _, field := range typ.Params.List {
		l := c.locks.in(c.info.TypeOf(field.Type))
		if l == nil {
			continue
		}
		what := fieldName(field, "")
		if what != "" {
			what = " " + what
		}
		c.report(field.Type, "parameter", fmt.Sprintf("parameter%s of %s", what, name), l, fieldName(field, "the argument"),
			"take a pointer")
	}
}

// fieldName is the first name in a parameter list's entry.
func fieldName(field *ast.Field, unnamed string) string {
	if len(field.Names) == 0 || isBlank(field.Names[0]) {
		return unnamed
	}
	return field.Names[0].Name
}

func (c *checker) rangeClause(cur inspector.Cursor, n *ast.RangeStmt) {
	c.rangeVariable(cur, n, n.Key)
	c.rangeVariable(cur, n, n.Value)
}

func (c *checker) rangeVariable(cur inspector.Cursor, n *ast.RangeStmt, e ast.Expr) {
	if e == nil || isBlank(e) {
		return
	}
	l := c.locks.in(c.info.TypeOf(e))
	if l == nil {
		return
	}
	advice := "keep pointers in " + exprString(n.X)
	if isIndexed(c.info.TypeOf(n.X)) {
		advice = "range over the index"
	}
	c.report(e, "range", "range var "+exprString(e), l, exprString(e), advice, c.rangeByIndex(cur, n)...)
}

// typeSwitch reports the variable of a clause that takes a lock out of an
// interface.
func (c *checker) typeSwitch(cur inspector.Cursor, n *ast.TypeSwitchStmt) {
	for _, stmt := range n.Body.List {
		v := c.info.Implicits[stmt]
		if v == nil {
			continue
		}
		// A type that only asks go vet for it gets what go vet reports, and no more.
		if l := c.locks.in(v.Type()); l != nil && !l.none && c.usedWithin(cur, stmt, v) {
			what := fmt.Sprintf("%s in this case of the type switch", v.Name())
			c.report(stmt.(*ast.CaseClause).List[0], "typeswitch", what, l, v.Name(), "keep a pointer in the interface")
		}
	}
}

func (c *checker) usedWithin(cur inspector.Cursor, n ast.Node, v types.Object) bool {
	within, ok := cur.FindNode(n)
	if !ok {
		return false
	}
	for id := range within.Preorder((*ast.Ident)(nil)) {
		if c.info.Uses[id.Node().(*ast.Ident)] == v {
			return true
		}
	}
	return false
}

// methodValue reports f := x.Method where Method has a value receiver, of
// which f keeps a copy.
func (c *checker) methodValue(cur inspector.Cursor, n *ast.SelectorExpr) {
	sel := c.info.Selections[n]
	if sel == nil || sel.Kind() != types.MethodVal || isCalled(cur) || c.isFresh(ast.Unparen(n.X)) {
		return
	}
	recv := sel.Obj().(*types.Func).Signature().Recv()
	if recv == nil {
		return
	}
	if l := c.locks.in(recv.Type()); l != nil {
		c.report(n, "methodvalue", "method value "+exprString(n), l, exprString(n.X), "use a pointer receiver or a function literal")
	}
}

// isCalled reports whether the expression is the function of a call.
func isCalled(cur inspector.Cursor) bool {
	for cur.ParentEdgeKind() == edge.ParenExpr_X {
		cur = cur.Parent()
	}
	return cur.ParentEdgeKind() == edge.CallExpr_Fun
}

func isMap(t types.Type) bool {
	if t == nil {
		return false
	}
	_, ok := t.Underlying().(*types.Map)
	return ok
}

// isIndexed reports whether a range over t counts the indices of its elements.
func isIndexed(t types.Type) bool {
	if t == nil {
		return false
	}
	switch t := t.Underlying().(type) {
	case *types.Slice, *types.Array:
		return true
	case *types.Pointer:
		_, ok := t.Elem().Underlying().(*types.Array)
		return ok
	}
	return false
}
