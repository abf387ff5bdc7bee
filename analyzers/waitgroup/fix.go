package waitgroup

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
)

// moveAdd moves an Add in front of the go statement n that runs the literal.
// It must be the literal's first statement, but for a deferred call, so that no
// path leaves before it, and a constant on a WaitGroup of the function around.
func (s *syntax) moveAdd(n ast.Node, lit *ast.FuncLit, add op) []analysis.SuggestedFix {
	start, ok := n.(*ast.GoStmt)
	if !ok || lit == nil || ast.Unparen(start.Call.Fun) != lit || add.n <= 0 || !add.on.known() {
		return nil
	}
	if lit.Pos() <= add.on.root.Pos() && add.on.root.Pos() < lit.End() {
		return nil
	}
	for i, stmt := range lit.Body.List {
		if e, ok := stmt.(*ast.ExprStmt); ok && ast.Unparen(e.X) == add.call {
			return []analysis.SuggestedFix{{
				Message: "call Add before the goroutine starts",
				TextEdits: []analysis.TextEdit{
					{Pos: n.Pos(), End: n.Pos(), NewText: []byte(types.ExprString(add.call) + "\n")},
					s.remove(lit.Body, i),
				},
			}}
		}
		if _, ok := stmt.(*ast.DeferStmt); !ok {
			break
		}
	}
	return nil
}

// removeDone removes a Done that is a statement, or a deferred call, of the
// literal itself.
func (s *syntax) removeDone(started function, done *ast.CallExpr) []analysis.SuggestedFix {
	if started.lit == nil {
		return nil
	}
	for i, stmt := range started.lit.Body.List {
		var call ast.Expr
		switch stmt := stmt.(type) {
		case *ast.ExprStmt:
			call = ast.Unparen(stmt.X)
		case *ast.DeferStmt:
			call = stmt.Call
		}
		if call == done {
			return []analysis.SuggestedFix{{
				Message:   "remove the Done",
				TextEdits: []analysis.TextEdit{s.remove(started.lit.Body, i)},
			}}
		}
	}
	return nil
}

// remove deletes a statement of a block, with its line if nothing else is on
// it.
func (s *syntax) remove(block *ast.BlockStmt, i int) analysis.TextEdit {
	stmt := block.List[i]
	edit := analysis.TextEdit{Pos: stmt.Pos(), End: stmt.End()}
	before, after := block.Lbrace, block.Rbrace
	if i > 0 {
		before = block.List[i-1].End()
	}
	if i+1 < len(block.List) {
		after = block.List[i+1].Pos()
	}
	line := s.pass.Fset.File(stmt.Pos()).Line
	first, last := line(stmt.Pos()), line(stmt.End())
	if line(before) < first && last < line(after) && !s.hasComment(first, last, stmt.Pos()) {
		file := s.pass.Fset.File(stmt.Pos())
		edit.Pos, edit.End = file.LineStart(first), file.LineStart(last+1)
	}
	return edit
}

// hasComment reports whether a comment in the file of pos touches the lines.
func (s *syntax) hasComment(first, last int, pos token.Pos) bool {
	line := s.pass.Fset.File(pos).Line
	for _, file := range s.pass.Files {
		if pos < file.FileStart || file.FileEnd <= pos {
			continue
		}
		for _, group := range file.Comments {
			for _, c := range group.List {
				if first <= line(c.End()) && line(c.Pos()) <= last {
					return true
				}
			}
		}
	}
	return false
}
