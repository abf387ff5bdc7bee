package census

import (
	"go/ast"
	"go/token"
)

// clauseOf is the case of a select whose operation a statement is, nil if it is none.
func clauseOf(s ast.Stmt, above []ast.Node) *ast.CommClause {
	if len(above) == 0 {
		return nil
	}
	if c, ok := above[len(above)-1].(*ast.CommClause); ok && c.Comm == s {
		return c
	}
	return nil
}

// receiveClause is clauseOf for a receive, whose value may be assigned.
func receiveClause(e ast.Expr, above []ast.Node) *ast.CommClause {
	for n := len(above) - 1; n > 0; n-- {
		switch s := above[n].(type) {
		case *ast.ParenExpr:
		case *ast.ExprStmt:
			return clauseOf(s, above[:n])
		case *ast.AssignStmt:
			return clauseOf(s, above[:n])
		default:
			return nil
		}
	}
	return nil
}

// selectOf is where the select stands that a use is a case of.
func selectOf(u use) token.Pos {
	for i := len(u.path) - 1; i >= 0; i-- {
		if s, ok := u.path[i].(*ast.SelectStmt); ok {
			return s.Pos()
		}
	}
	return u.pos
}

// onlyExit reports whether a case of a select is the only way out of an endless
// loop, so that a goroutine in it can never end without it.
func (c *counter) onlyExit(u use) bool {
	var loop *ast.ForStmt
	for i := len(u.path) - 1; i >= 0 && loop == nil; i-- {
		switch n := u.path[i].(type) {
		case *ast.ForStmt:
			loop = n
		case *ast.RangeStmt, *ast.FuncLit, *ast.FuncDecl:
			return false
		}
	}
	if loop == nil || loop.Cond != nil {
		return false
	}
	x := exits{c: c, mine: u.clause}
	x.stmt(loop.Body, true)
	return x.inside && !x.elsewhere
}

// exits looks for the ways out of a loop: those of one case, if any, and others.
type exits struct {
	c                 *counter
	mine              *ast.CommClause
	inside, elsewhere bool
}

// stmt looks into a statement; a break without label leaves the loop if bare.
func (x *exits) stmt(n ast.Node, bare bool) {
	ast.Inspect(n, func(m ast.Node) bool {
		switch m := m.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
			if m != n && bare {
				x.stmt(m, false)
				return false
			}
		case *ast.ReturnStmt:
			x.found(m)
		case *ast.BranchStmt:
			switch {
			case m.Tok == token.GOTO:
				x.elsewhere = true
			case m.Tok == token.BREAK && (bare || m.Label != nil):
				x.found(m) // a label may be that of a loop within, which costs a report only
			}
		case *ast.CallExpr:
			if x.ends(m) {
				x.found(m)
			}
		}
		return true
	})
}

func (x *exits) found(n ast.Node) {
	if x.mine != nil && x.mine.Pos() <= n.Pos() && n.End() <= x.mine.End() {
		x.inside = true
		return
	}
	x.elsewhere = true
}

// ends reports whether a call may never come back: panic, os.Exit, log.Fatal and
// what else has a name like it.
func (x *exits) ends(call *ast.CallExpr) bool {
	if x.c.builtin(call) == "panic" {
		return true
	}
	var name string
	switch f := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		name = f.Name
	case *ast.SelectorExpr:
		name = f.Sel.Name
	}
	switch name {
	case "Exit", "Goexit", "Fatal", "Fatalf", "Fatalln", "Panic", "Panicf", "Panicln":
		return true
	}
	return false
}
