package copylock

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ast/inspector"
)

// This file decides which copies are harmless. A value is fresh if nobody can
// have used its lock: a composite literal, the result of a call, the target of
// a pointer that a call returns, unless that call is known to hand out what
// existed before. A copy is overwritten if all its locks are replaced by fresh
// values before anything else is done with it. Both are must-properties,
// decided on the syntax of one function (and the returns of a callee of the
// same package); in doubt a local variable is not fresh, a call is.

// isFresh reports whether e, without parentheses, is a fresh value.
func (c *checker) isFresh(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.CompositeLit, *ast.CallExpr:
		return true
	case *ast.StarExpr:
		call, ok := ast.Unparen(e.X).(*ast.CallExpr)
		return ok && !c.returnsExisting(call)
	}
	return false
}

// returnsExisting reports whether a call may return a pointer to something
// that others have, too: to a field, an element or a global.
func (c *checker) returnsExisting(call *ast.CallExpr) bool {
	decl := c.bodies.callee(call)
	if decl == nil || decl.Body == nil {
		return false
	}
	found := false
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			found = found || len(n.Results) == 1 && c.isExisting(n.Results[0], decl, true)
		}
		return !found
	})
	return found
}

// isExisting reports whether a pointer points to what outlives the function
// and is reached from its parameters or from a global. A local variable is
// followed to what is assigned to it, once.
func (c *checker) isExisting(e ast.Expr, decl *ast.FuncDecl, follow bool) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.UnaryExpr:
		if e.Op != token.AND {
			return false
		}
		if _, ok := ast.Unparen(e.X).(*ast.Ident); !ok {
			return c.isExisting(e.X, decl, follow)
		}
		v := rootVar(c.info, e.X)
		return v != nil && isPackageLevel(v)
	case *ast.SelectorExpr, *ast.IndexExpr, *ast.StarExpr:
		v := rootVar(c.info, e)
		return v != nil && (isPackageLevel(v) || isParameter(c.info, decl, v))
	case *ast.Ident:
		v := rootVar(c.info, e)
		if v == nil || isPackageLevel(v) || isParameter(c.info, decl, v) {
			return v != nil
		}
		return follow && c.holdsExisting(v, decl)
	}
	return false
}

// holdsExisting reports whether some assignment gives v a pointer to what
// existed before.
func (c *checker) holdsExisting(v *types.Var, decl *ast.FuncDecl) bool {
	found := false
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		assign, ok := n.(*ast.AssignStmt)
		if !ok {
			return !found
		}
		for i, lhs := range assign.Lhs {
			id, ok := lhs.(*ast.Ident)
			if !ok || c.info.ObjectOf(id) != v {
				continue
			}
			rhs := assign.Rhs[0]
			if len(assign.Rhs) == len(assign.Lhs) {
				rhs = assign.Rhs[i]
			}
			found = found || c.isExisting(rhs, decl, false)
		}
		return !found
	})
	return found
}

// isParameter reports whether v is the receiver or a parameter of decl.
func isParameter(info *types.Info, decl *ast.FuncDecl, v *types.Var) bool {
	fn, ok := info.Defs[decl.Name].(*types.Func)
	if !ok {
		return false
	}
	sig := fn.Signature()
	if sig.Recv() == v {
		return true
	}
	for p := range sig.Params().Variables() {
		if p == v {
			return true
		}
	}
	return false
}

// isUnusedLocal reports whether e is a local variable, or a part of one, that
// is not a parameter, and on which no method has been called and whose address
// has not been taken before e.
func (c *checker) isUnusedLocal(e ast.Expr) bool {
	v := rootVar(c.info, e)
	if v == nil || isPackageLevel(v) || v.Kind() != types.LocalVar || !heldByValue(c.info, e) {
		return false
	}
	return !c.usedBefore(v, e.Pos())
}

// heldByValue reports whether the operand is reached from its root without a
// pointer, a slice or a map.
func heldByValue(info *types.Info, e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return true
	case *ast.SelectorExpr:
		return !isReference(info.TypeOf(e.X)) && heldByValue(info, e.X)
	case *ast.IndexExpr:
		return !isReference(info.TypeOf(e.X)) && heldByValue(info, e.X)
	}
	return false
}

// usedBefore reports whether, before pos in the source, a method was called on
// v or on a lock in it, or the address of one of them was taken.
func (c *checker) usedBefore(v *types.Var, pos token.Pos) bool {
	used := false
	ast.Inspect(c.enclosingBody(pos), func(n ast.Node) bool {
		if n == nil || used || n.Pos() >= pos {
			return false
		}
		switch n := n.(type) {
		case *ast.UnaryExpr:
			used = n.Op == token.AND && c.isLockOf(n.X, v)
		case *ast.SelectorExpr:
			sel := c.info.Selections[n]
			used = sel != nil && sel.Kind() != types.FieldVal && c.isLockOf(n.X, v)
		}
		return !used
	})
	return used
}

// isLockOf reports whether e is v or a part that v holds by value, and holds
// a lock.
func (c *checker) isLockOf(e ast.Expr, v *types.Var) bool {
	return rootVar(c.info, e) == v && heldByValue(c.info, e) && c.locks.in(c.info.TypeOf(e)) != nil
}

// overwritten reports whether the statements after stmt replace each lock of
// target, to which stmt assigns, by a fresh value before anything else than
// its other fields is touched. The target is a variable x or *x.
func (c *checker) overwritten(stmt inspector.Cursor, target ast.Expr) bool {
	if star, ok := ast.Unparen(target).(*ast.StarExpr); ok {
		target = star.X
	}
	id, ok := ast.Unparen(target).(*ast.Ident)
	if !ok {
		return false
	}
	v, ok := c.info.ObjectOf(id).(*types.Var)
	if !ok || isPackageLevel(v) {
		return false
	}
	left := c.locks.paths(pointee(v.Type()))
	if len(left) == 0 {
		return false // an interface
	}
	for len(left) > 0 {
		next, ok := stmt.NextSibling()
		if !ok {
			return false
		}
		stmt = next
		left = remove(left, c.resets(stmt.Node(), v))
		if c.touches(stmt, v, left) {
			return false
		}
	}
	return true
}

// resets returns the parts of v, as ".f.g" or "" for all of it, to which n
// assigns a fresh value.
func (c *checker) resets(n ast.Node, v *types.Var) []string {
	assign, ok := n.(*ast.AssignStmt)
	if !ok || assign.Tok != token.ASSIGN || len(assign.Lhs) != len(assign.Rhs) {
		return nil
	}
	var parts []string
	for i, lhs := range assign.Lhs {
		if part, ok := c.partOf(lhs, v); ok && c.isFresh(ast.Unparen(assign.Rhs[i])) {
			parts = append(parts, part)
		}
	}
	return parts
}

// partOf returns which field of v an operand is.
func (c *checker) partOf(e ast.Expr, v *types.Var) (string, bool) {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return "", c.info.ObjectOf(e) == v
	case *ast.StarExpr:
		return c.partOf(e.X, v)
	case *ast.SelectorExpr:
		part, ok := c.partOf(e.X, v)
		return part + "." + e.Sel.Name, ok
	}
	return "", false
}

// touches reports whether a statement uses v otherwise than by a field that
// holds none of the locks that are left.
func (c *checker) touches(stmt inspector.Cursor, v *types.Var, left []string) bool {
	if len(left) == 0 {
		return false
	}
	for cur := range stmt.Preorder((*ast.Ident)(nil)) {
		if c.info.Uses[cur.Node().(*ast.Ident)] != v {
			continue
		}
		sel, ok := cur.Parent().Node().(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if s := c.info.Selections[sel]; s == nil || s.Kind() != types.FieldVal || len(s.Index()) > 1 {
			return true
		}
		for _, path := range left {
			if covers("."+sel.Sel.Name, path) {
				return true
			}
		}
	}
	return false
}

// remove returns the paths that none of the parts covers.
func remove(paths, parts []string) []string {
	var left []string
next:
	for _, path := range paths {
		for _, part := range parts {
			if covers(part, path) {
				continue next
			}
		}
		left = append(left, path)
	}
	return left
}

// covers reports whether path is part or lies within it.
func covers(part, path string) bool {
	rest, ok := strings.CutPrefix(path, part)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}

func pointee(t types.Type) types.Type {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}
