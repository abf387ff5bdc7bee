package census

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/concheck/concheck/analyzers/finding"
)

// Stop of a time.Ticker does not close its channel, as the documentation of
// package time says: who only waits for ticks waits for ever once it is stopped.
//
// What it computes: over the syntax of all files, the loops that wait for nothing
// but the ticks of one variable or field, and have no way out; those are reported
// whose ticker the package stops elsewhere: that somebody stops it shows that the
// loop is meant to end. (must, but for a ticker that somebody else sets going
// again.)
//
// Ignored: what main and tests stop, for the process ends with them; tickers that
// are reset, or made anew while a loop looks at the variable in each round; and
// loops of the second kind over local tickers, whose schedules show as much.

// ticker is what a package does with the ticker of one variable.
type ticker struct {
	loops []use
	stops []use // elsewhere than in main and in tests
	made  int   // times it is assigned
	reset bool
}

// tickers finds the loops that wait for stopped tickers.
func (c *counter) tickers() []*finding.Finding {
	all := map[*types.Var]*ticker{}
	var order []*types.Var
	for _, f := range c.pass.Files {
		if !imports(f, "time") {
			continue
		}
		ast.PreorderStack(f, nil, func(n ast.Node, above []ast.Node) bool {
			id, ok := n.(*ast.Ident)
			if !ok {
				return true
			}
			v, ok := c.pass.TypesInfo.ObjectOf(id).(*types.Var)
			if !ok || !isTicker(v.Type()) {
				return true
			}
			v = v.Origin()
			if all[v] == nil {
				all[v] = &ticker{}
				order = append(order, v)
			}
			c.tick(all[v], id, above)
			return true
		})
	}
	var out []*finding.Finding
	for _, v := range order {
		t := all[v]
		for _, loop := range t.loops {
			again := loop.kind != finding.Range && (t.made > 1 || !v.IsField())
			stop := slices.IndexFunc(t.stops, func(u use) bool { return !within(u, innermost(loop.path)) })
			if stop < 0 || t.reset || again || c.isTest(loop.pos) || c.dead(loop) {
				continue
			}
			out = append(out, &finding.Finding{
				Place:   finding.Place{Kind: loop.kind, Object: loop.object, Func: c.function(loop), Pos: loop.pos, Started: loop.started},
				Context: []finding.Step{{Pos: t.stops[stop].pos, Text: "the ticker is stopped here, which does not close its channel"}},
			})
		}
	}
	return out
}

func isTicker(t types.Type) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Name() == "Ticker" && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "time"
}

// tick counts one use of a variable that holds a ticker.
func (c *counter) tick(t *ticker, id *ast.Ident, above []ast.Node) {
	n := len(above) - 1
	var at ast.Expr = id
	if s, ok := above[n].(*ast.SelectorExpr); ok && s.Sel == id {
		at, n = s, n-1
	}
	switch p := above[n].(type) {
	case *ast.AssignStmt, *ast.KeyValueExpr, *ast.ValueSpec:
		t.made++
	case *ast.SelectorExpr:
		switch p.Sel.Name {
		case "Reset":
			t.reset = true
		case "Stop":
			if !c.lastly(above[:n]) {
				t.stops = append(t.stops, use{pos: p.Pos(), path: slices.Clone(above[:n])})
			}
		case "C":
			if loop, ok := c.waits(p, types.ExprString(at)+".C", above[:n]); ok {
				t.loops = append(t.loops, loop)
			}
		}
	}
}

// lastly reports whether a path stands in what the process ends with.
func (c *counter) lastly(path []ast.Node) bool {
	fn := enclosing(path)
	return fn == nil || fn.Recv == nil && fn.Name.Name == "main" || c.isTest(fn.Pos())
}

// waits reports whether the channel of a ticker is all that a loop without a way
// out waits for.
func (c *counter) waits(ticks ast.Expr, object string, above []ast.Node) (use, bool) {
	n := len(above) - 1
	if loop, ok := above[n].(*ast.RangeStmt); ok && loop.X == ticks {
		u := use{kind: finding.Range, pos: loop.For, object: object, path: slices.Clone(above[:n]), started: goOf(above[:n])}
		return u, !c.leaves(loop.Body)
	}
	recv, ok := above[n].(*ast.UnaryExpr)
	if !ok || recv.Op != token.ARROW {
		return use{}, false
	}
	for i := n - 1; i >= 0; i-- {
		switch s := above[i].(type) {
		case *ast.SelectStmt:
			if len(s.Body.List) > 1 {
				return use{}, false
			}
		case *ast.ForStmt:
			u := use{kind: finding.Receive, pos: recv.OpPos, object: object, path: slices.Clone(above[:i]), started: goOf(above[:i])}
			return u, s.Cond == nil && !c.leaves(s.Body)
		case *ast.RangeStmt, *ast.FuncLit, *ast.FuncDecl, *ast.IfStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt:
			return use{}, false
		}
	}
	return use{}, false
}

// leaves reports whether a loop has a way out.
func (c *counter) leaves(body *ast.BlockStmt) bool {
	x := exits{c: c}
	x.stmt(body, true)
	return x.elsewhere
}

// innermost is the function that a path ends in.
func innermost(path []ast.Node) ast.Node {
	for i := len(path) - 1; i >= 0; i-- {
		switch path[i].(type) {
		case *ast.FuncLit, *ast.FuncDecl:
			return path[i]
		}
	}
	return nil
}

// within reports whether a use stands in a function.
func within(u use, fn ast.Node) bool {
	return slices.Contains(u.path, fn)
}
