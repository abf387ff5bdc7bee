package lockset

import (
	"go/ast"
	"go/token"
	"go/types"
	"sort"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"
	"golang.org/x/tools/go/ssa"
)

// The way back from SSA to the source: names, statements and edits.

// pathTo returns the nodes around a position, innermost first.
func (p *pkg) pathTo(pos token.Pos) []ast.Node {
	for _, file := range p.pass.Files {
		if file.FileStart <= pos && pos < file.FileEnd {
			path, _ := astutil.PathEnclosingInterval(around(file, pos), pos, pos)
			return path
		}
	}
	return nil
}

// around is a file with nothing but the declaration at a position, if it is
// within one: to look through all of them takes long in large files.
func around(file *ast.File, pos token.Pos) *ast.File {
	i := sort.Search(len(file.Decls), func(i int) bool { return file.Decls[i].End() > pos })
	if i == len(file.Decls) || pos <= file.Decls[i].Pos() {
		return file
	}
	one := *file
	one.Decls = file.Decls[i : i+1]
	one.Comments = nil
	return &one
}

// nodeAt returns the innermost statement at a position.
func (p *pkg) nodeAt(pos token.Pos) ast.Node {
	for _, n := range p.pathTo(pos) {
		if s, ok := n.(ast.Stmt); ok {
			return s
		}
	}
	return nil
}

// nameInSource renders the expression a value was computed by, if that is short.
func (p *pkg) nameInSource(v ssa.Value) string {
	if !v.Pos().IsValid() {
		return ""
	}
	for _, n := range p.pathTo(v.Pos()) {
		var x ast.Expr
		switch n := n.(type) {
		case *ast.CallExpr:
			if _, ok := v.(*ssa.Call); !ok {
				continue
			}
			x = n
		case *ast.IndexExpr:
			x = n
		case *ast.SelectorExpr:
			x = n
		default:
			continue
		}
		if s := types.ExprString(x); len(s) <= 32 {
			return s
		}
		return ""
	}
	return ""
}

// callAt returns the call whose parenthesis is at a position.
func (p *pkg) callAt(pos token.Pos) *ast.CallExpr {
	for _, n := range p.pathTo(pos) {
		if c, ok := n.(*ast.CallExpr); ok && c.Lparen == pos {
			return c
		}
	}
	return nil
}

// receiverAt renders x of the call x.Lock() at a position.
func (p *pkg) receiverAt(pos token.Pos) string {
	if c := p.callAt(pos); c != nil {
		if sel, ok := ast.Unparen(c.Fun).(*ast.SelectorExpr); ok {
			return types.ExprString(sel.X)
		}
	}
	return ""
}

// written returns the name of a lock as it is written where it was locked.
func (f *frame) written(lk lock, e *entry) string {
	if e.by == nil && e.at.IsValid() {
		if s := f.pkg.receiverAt(e.at); s != "" && len(s) <= 40 {
			return s
		}
	}
	return lk.name
}

// ifStmt finds the if statement with a condition, and tells which side of the
// statement a side of the branch is: go/ssa turns negations around.
func (p *pkg) ifStmt(cond ssa.Value, side bool) (*ast.IfStmt, bool) {
	pos := valuePos(cond, 0)
	if !pos.IsValid() {
		return nil, false
	}
	path := p.pathTo(pos)
	nots := false
	for k, n := range path {
		switch n := n.(type) {
		case *ast.UnaryExpr:
			if n.Op == token.NOT {
				nots = !nots
			}
		case *ast.IfStmt:
			switch {
			case n.Cond.Pos() <= pos && pos < n.Cond.End():
				if u, ok := cond.(*ssa.UnOp); ok && u.Op == token.NOT {
					nots = !nots
				}
				return n, side != nots
			case pos < n.Cond.Pos():
				return n, side != negated(n.Cond)
			}
			return nil, false
		case *ast.BlockStmt, *ast.CaseClause, *ast.CommClause:
			// The value was computed by a statement before.
			if k == 0 {
				return nil, false
			}
			return ifAfter(n, path[k-1], side)
		}
	}
	return nil, false
}

func ifAfter(list, stmt ast.Node, side bool) (*ast.IfStmt, bool) {
	var stmts []ast.Stmt
	switch b := list.(type) {
	case *ast.BlockStmt:
		stmts = b.List
	case *ast.CaseClause:
		stmts = b.Body
	case *ast.CommClause:
		stmts = b.Body
	}
	for k, s := range stmts {
		if s != stmt || k+1 >= len(stmts) {
			continue
		}
		if i, ok := stmts[k+1].(*ast.IfStmt); ok {
			return i, side != negated(i.Cond)
		}
	}
	return nil, false
}

func negated(x ast.Expr) bool {
	u, ok := ast.Unparen(x).(*ast.UnaryExpr)
	return ok && u.Op == token.NOT
}

// valuePos finds a position for a value that has none itself.
func valuePos(v ssa.Value, depth int) token.Pos {
	if v.Pos().IsValid() || depth > 3 {
		return v.Pos()
	}
	switch v := v.(type) {
	case *ssa.Extract:
		return valuePos(v.Tuple, depth+1)
	case *ssa.UnOp:
		return valuePos(v.X, depth+1)
	case *ssa.BinOp:
		return valuePos(v.X, depth+1)
	}
	return token.NoPos
}

// unlockFix offers to unlock before the statement that leaves. Not where the
// statement computes something that may need the lock.
func (f *frame) unlockFix(stmt ast.Stmt, e *entry) []analysis.SuggestedFix {
	if stmt == nil || e.by != nil || e.n > 1 || wrapped(e.instr) {
		return nil
	}
	recv := f.pkg.receiverAt(e.at)
	if recv == "" {
		return nil
	}
	if r, ok := stmt.(*ast.ReturnStmt); ok {
		for _, x := range r.Results {
			if !f.pkg.plain(x) {
				return nil
			}
		}
	}
	method := "Unlock"
	if e.cur == Read {
		method = "RUnlock"
	}
	text := recv + "." + method + "()"
	return []analysis.SuggestedFix{{
		Message:   "Insert " + text,
		TextEdits: []analysis.TextEdit{{Pos: stmt.Pos(), End: stmt.Pos(), NewText: []byte(text + "\n" + f.pkg.indent(stmt.Pos()))}},
	}}
}

// deferFix offers to defer the unlock where a function has none at all.
func (f *frame) deferFix(e *entry) []analysis.SuggestedFix {
	call := f.pkg.callAt(e.at)
	recv := f.pkg.receiverAt(e.at)
	if e.by != nil || e.n > 1 || wrapped(e.instr) || call == nil || recv == "" || e.instr == nil || f.inLoop[e.instr.Block().Index] {
		return nil
	}
	stmt, ok := f.pkg.nodeAt(e.at).(*ast.ExprStmt)
	if !ok || stmt.X != ast.Expr(call) {
		return nil
	}
	method := "Unlock"
	if e.cur == Read {
		method = "RUnlock"
	}
	text := "defer " + recv + "." + method + "()"
	return []analysis.SuggestedFix{{
		Message:   "Insert " + text,
		TextEdits: []analysis.TextEdit{{Pos: stmt.End(), End: stmt.End(), NewText: []byte("\n" + f.pkg.indent(stmt.Pos()) + text)}},
	}}
}

// partnerFix offers the method that undoes the one that locked.
func (f *frame) partnerFix(i ssa.Instruction, held Mode) []analysis.SuggestedFix {
	c, ok := i.(ssa.CallInstruction)
	if !ok || wrapped(i) {
		return nil
	}
	call := f.pkg.callAt(c.Common().Pos())
	if call == nil {
		return nil
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "Unlock" && sel.Sel.Name != "RUnlock" {
		return nil
	}
	method := "Unlock"
	if held == Read {
		method = "RUnlock"
	}
	return []analysis.SuggestedFix{{
		Message:   "Use " + method,
		TextEdits: []analysis.TextEdit{{Pos: sel.Sel.Pos(), End: sel.Sel.End(), NewText: []byte(method)}},
	}}
}

// plain reports whether an expression reads nothing that a lock may guard.
func (p *pkg) plain(x ast.Expr) bool {
	switch x := ast.Unparen(x).(type) {
	case *ast.BasicLit:
		return true
	case *ast.Ident:
		v, ok := p.pass.TypesInfo.Uses[x].(*types.Var)
		return !ok || !v.IsField() && v.Parent() != p.pass.Pkg.Scope() || isErrorVar(v)
	case *ast.CallExpr:
		sel, ok := x.Fun.(*ast.SelectorExpr)
		if !ok {
			return false
		}
		if p.makesError(p.pass.TypesInfo.Uses[sel.Sel]) == nil {
			return false
		}
		for _, a := range x.Args {
			if !p.plain(a) {
				return false
			}
		}
		return true
	}
	return false
}

func isErrorVar(v *types.Var) bool {
	return types.Identical(v.Type(), types.Universe.Lookup("error").Type())
}

// indent returns the white space a line starts with.
func (p *pkg) indent(pos token.Pos) string {
	file := p.fset.File(pos)
	if file == nil {
		return "\t"
	}
	col := p.fset.Position(pos).Column
	tabs := make([]byte, 0, col)
	for range col - 1 {
		tabs = append(tabs, '\t')
	}
	return string(tabs)
}
