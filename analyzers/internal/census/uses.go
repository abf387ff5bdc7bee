package census

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"github.com/concheck/concheck/analyzers/finding"
)

// count notes the uses of fields in one file.
func (c *counter) count(f *ast.File) {
	ast.PreorderStack(f, nil, func(n ast.Node, above []ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			if v, ok := c.pass.TypesInfo.Uses[n].(*types.Var); ok && v.IsField() {
				if e := c.entries[v.Origin()]; e != nil {
					c.note(e, n, above)
				}
			}
		case *ast.CompositeLit:
			c.positional(n)
		case *ast.CallExpr:
			c.conversion(n)
		}
		return true
	})
}

// note counts one use of a field: what the expression that selects it is part of.
func (c *counter) note(e *entry, id *ast.Ident, above []ast.Node) {
	var at ast.Node = id
	n := len(above) - 1
	parent := func() ast.Node {
		if n < 0 {
			return nil
		}
		return above[n]
	}
	up := func() { at, n = above[n], n-1 }
	if kv, ok := parent().(*ast.KeyValueExpr); ok && kv.Key == at {
		c.assigned(e, kv.Value)
		return
	}
	if s, ok := parent().(*ast.SelectorExpr); !ok || s.Sel != id {
		e.lost = true
		return
	}
	up()
	object := types.ExprString(at.(ast.Expr))
	for {
		if _, ok := parent().(*ast.ParenExpr); !ok {
			break
		}
		up()
	}
	switch p := parent().(type) {
	case *ast.SendStmt:
		if p.Chan != at {
			e.lost = true
			return
		}
		u := use{kind: finding.Send, pos: p.Arrow, object: object, path: slices.Clone(above[:n+1]), started: goOf(above[:n])}
		u.clause = clauseOf(p, above[:n])
		e.sends = append(e.sends, u)
	case *ast.UnaryExpr:
		if p.Op != token.ARROW {
			e.lost = true // its address
			return
		}
		u := use{kind: finding.Receive, pos: p.OpPos, object: object, path: slices.Clone(above[:n+1]), started: goOf(above[:n])}
		u.clause = receiveClause(p, above[:n])
		e.receives = append(e.receives, u)
	case *ast.RangeStmt:
		if p.X != at {
			e.lost = true
			return
		}
		e.receives = append(e.receives, use{kind: finding.Range, pos: p.For, object: object, path: slices.Clone(above[:n+1]), started: goOf(above[:n])})
	case *ast.CallExpr:
		switch c.builtin(p) {
		case "close":
			e.closes = append(e.closes, use{kind: finding.CloseNil, pos: p.Pos(), object: object, path: slices.Clone(above[:n+1]), started: goOf(above[:n])})
		case "len", "cap":
		default:
			e.lost = true
		}
	case *ast.BinaryExpr:
		if !c.isNil(p.X) && !c.isNil(p.Y) {
			e.lost = true
		}
		e.asked = true
	case *ast.AssignStmt:
		for i, l := range p.Lhs {
			if l != at {
				continue
			}
			if len(p.Lhs) != len(p.Rhs) {
				e.lost = true
				return
			}
			c.assigned(e, p.Rhs[i])
			return
		}
		e.lost = true
	default:
		e.lost = true
	}
}

// assigned counts what a field is set to.
func (c *counter) assigned(e *entry, v ast.Expr) {
	v = ast.Unparen(v)
	if c.isNil(v) {
		e.asked = true
		return
	}
	call, ok := v.(*ast.CallExpr)
	if !ok || c.builtin(call) != "make" {
		e.lost = true
		return
	}
	e.made = append(e.made, call.Pos())
	if len(call.Args) > 1 {
		size := c.pass.TypesInfo.Types[call.Args[1]].Value
		if n, exact := constant.Int64Val(constant.ToInt(orUnknown(size))); !exact || n != 0 {
			e.buffered = true
		}
	}
}

func orUnknown(v constant.Value) constant.Value {
	if v == nil {
		return constant.MakeUnknown()
	}
	return v
}

// positional counts the elements of a struct literal without keys.
func (c *counter) positional(lit *ast.CompositeLit) {
	t := c.pass.TypesInfo.TypeOf(lit)
	if t == nil || len(lit.Elts) == 0 {
		return
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem() // of an element whose type is left out
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return
	}
	for i, v := range lit.Elts {
		if _, ok := v.(*ast.KeyValueExpr); ok || i >= s.NumFields() {
			return
		}
		if e := c.entries[s.Field(i).Origin()]; e != nil {
			c.assigned(e, v)
		}
	}
}

// conversion gives up the fields of structs that are converted to another type.
func (c *counter) conversion(call *ast.CallExpr) {
	if tv := c.pass.TypesInfo.Types[call.Fun]; !tv.IsType() || len(call.Args) != 1 {
		return
	}
	from, to := structOf(c.pass.TypesInfo.TypeOf(call.Args[0])), structOf(c.pass.TypesInfo.TypeOf(call))
	if from == nil || to == nil || from == to {
		return
	}
	for _, s := range []*types.Struct{from, to} {
		for v := range s.Fields() {
			if e := c.entries[v.Origin()]; e != nil {
				e.lost = true
			}
		}
	}
}

func structOf(t types.Type) *types.Struct {
	if t == nil {
		return nil
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	s, _ := t.Underlying().(*types.Struct)
	return s
}

// builtin is the name of the predeclared function that is called, "" for others.
func (c *counter) builtin(call *ast.CallExpr) string {
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok {
		if b, ok := c.pass.TypesInfo.Uses[id].(*types.Builtin); ok {
			return b.Name()
		}
	}
	return ""
}

func (c *counter) isNil(e ast.Expr) bool { return c.pass.TypesInfo.Types[e].IsNil() }

// goOf is the go statement that starts the innermost function literal of a path.
func goOf(path []ast.Node) token.Pos {
	for i := len(path) - 1; i >= 2; i-- {
		if _, ok := path[i].(*ast.FuncLit); !ok {
			continue
		}
		if call, ok := path[i-1].(*ast.CallExpr); ok && call.Fun == path[i] {
			if g, ok := path[i-2].(*ast.GoStmt); ok {
				return g.Pos()
			}
		}
		return token.NoPos
	}
	return token.NoPos
}
