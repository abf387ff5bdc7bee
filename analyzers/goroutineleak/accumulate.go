package goroutineleak

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/check"
	"github.com/concheck/concheck/analyzers/internal/explored"
	"github.com/concheck/concheck/analyzers/internal/lazyssa"
	"github.com/concheck/concheck/analyzers/internal/skeleton"
	"github.com/concheck/concheck/analyzers/internal/testfile"
)

// Goroutines that a loop without end starts, one in each round, and that wait for
// nothing but the end of the whole: of the server, not of their connection. None
// is stuck for ever, but all stay until then, as many as there were rounds.
//
// Must: the literal that is started begins with the receive; what it waits for
// comes from outside the loop, is not made anew in it, and tells of an end: Done of
// a context, or a channel of empty structs with such a name that the package does
// not send on. The loop has no condition or ranges over a channel, and comes back
// to where the goroutine is started.

// endNames are the names of signals that something ends.
var endNames = regexp.MustCompile(`(?i)(done|quit|stop|clos|exit|shutdown|term|die|dead|kill|cancel)`)

// accumulating reports such goroutines, but for those that are told of already.
func accumulating(pass *check.Pass, told func(token.Pos) bool) {
	a := &accumulation{pass: pass, sent: map[string]bool{}, told: told}
	for _, file := range pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			if s, ok := n.(*ast.SendStmt); ok {
				a.sent[lastName(s.Chan)] = true
			}
			return true
		})
	}
	for _, file := range pass.Files {
		if testfile.At(pass.Fset, file.FileStart) {
			continue
		}
		for _, d := range file.Decls {
			decl, ok := d.(*ast.FuncDecl)
			if !ok || decl.Body == nil {
				continue
			}
			for _, s := range a.within(decl) {
				pass.Each(func() { a.look(s) })
			}
		}
	}
}

type accumulation struct {
	pass *check.Pass
	sent map[string]bool // names of channels that the package sends on
	told func(token.Pos) bool
}

// started is a function literal that is started in a loop, by a go statement or by
// a function that it is passed to.
type started struct {
	loop  ast.Stmt
	at    token.Pos      // as go/ssa has it
	call  *ast.CallExpr  // nil for a go statement
	waits *ast.UnaryExpr // the receive it begins with
	decl  *ast.FuncDecl
}

// within collects the literals that loops of a function start.
func (a *accumulation) within(decl *ast.FuncDecl) (found []started) {
	var loops []ast.Stmt // that enclose the node, nil where a literal begins
	var walk func(n ast.Node)
	walk = func(n ast.Node) {
		ast.Inspect(n, func(m ast.Node) bool {
			if m == n || m == nil {
				return true
			}
			switch m := m.(type) {
			case *ast.ForStmt, *ast.RangeStmt:
				loops = append(loops, m.(ast.Stmt))
				walk(m)
				loops = loops[:len(loops)-1]
				return false
			case *ast.GoStmt:
				if lit, ok := ast.Unparen(m.Call.Fun).(*ast.FuncLit); ok {
					found = a.add(found, started{loop: a.endless(loops), at: m.Go, waits: firstReceive(lit), decl: decl})
				}
			case *ast.CallExpr:
				if len(m.Args) == 1 {
					if lit, ok := ast.Unparen(m.Args[0]).(*ast.FuncLit); ok {
						found = a.add(found, started{loop: a.endless(loops), at: m.Lparen, call: m, waits: firstReceive(lit), decl: decl})
					}
				}
			case *ast.FuncLit:
				outer := loops
				loops = nil
				walk(m)
				loops = outer
				return false
			}
			return true
		})
	}
	walk(decl)
	return found
}

func (a *accumulation) add(found []started, s started) []started {
	if s.loop == nil || s.waits == nil || !a.signal(s) {
		return found
	}
	return append(found, s)
}

// endless is the outermost loop that has no end of its own, nil if there is none.
func (a *accumulation) endless(loops []ast.Stmt) ast.Stmt {
	for _, l := range loops {
		switch l := l.(type) {
		case *ast.ForStmt:
			if l.Cond == nil {
				return l
			}
		case *ast.RangeStmt:
			if t := a.pass.TypesInfo.TypeOf(l.X); t != nil {
				if _, ok := t.Underlying().(*types.Chan); ok {
					return l
				}
			}
		}
	}
	return nil
}

// firstReceive is the receive that a literal begins with, nil if it does not.
func firstReceive(lit *ast.FuncLit) *ast.UnaryExpr {
	for _, s := range lit.Body.List {
		switch s := s.(type) {
		case *ast.DeferStmt:
		case *ast.ExprStmt:
			if r, ok := ast.Unparen(s.X).(*ast.UnaryExpr); ok && r.Op == token.ARROW {
				return r
			}
			return nil
		default:
			return nil
		}
	}
	return nil
}

// signal reports whether what a goroutine waits for tells of an end that is not
// the end of its own round.
func (a *accumulation) signal(s started) bool {
	x := ast.Unparen(s.waits.X)
	name := lastName(x)
	t := a.pass.TypesInfo.TypeOf(x)
	if t == nil || !endNames.MatchString(name) {
		return false
	}
	c, ok := t.Underlying().(*types.Chan)
	if !ok {
		return false
	}
	if e, ok := c.Elem().Underlying().(*types.Struct); !ok || e.NumFields() > 0 {
		return false
	}
	call, called := x.(*ast.CallExpr)
	if called && len(call.Args) > 0 || !called && a.sent[name] {
		return false
	}
	root := rootOf(x)
	if root == nil {
		return false
	}
	obj := a.pass.TypesInfo.Uses[root]
	if _, ok := obj.(*types.Var); !ok || s.loop.Pos() <= obj.Pos() && obj.Pos() < s.loop.End() {
		return false
	}
	return !a.madeAnew(s.loop, obj, name)
}

// madeAnew reports whether a loop assigns to a variable, or to something with the
// name of the signal.
func (a *accumulation) madeAnew(loop ast.Stmt, obj types.Object, name string) bool {
	found := false
	ast.Inspect(loop, func(n ast.Node) bool {
		assign, ok := n.(*ast.AssignStmt)
		if !ok {
			return !found
		}
		for _, l := range assign.Lhs {
			if id, ok := l.(*ast.Ident); ok && (a.pass.TypesInfo.Uses[id] == obj || a.pass.TypesInfo.Defs[id] == obj) {
				found = true
			}
			if sel, ok := l.(*ast.SelectorExpr); ok && (sel.Sel.Name == name || strings.Contains(strings.ToLower(sel.Sel.Name), "ctx")) {
				found = true
			}
		}
		return !found
	})
	return found
}

// lastName is the name of a channel, or of the method that gives it.
func lastName(x ast.Expr) string {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		return x.Name
	case *ast.SelectorExpr:
		return x.Sel.Name
	case *ast.CallExpr:
		return lastName(x.Fun)
	}
	return ""
}

// rootOf is the variable that an expression begins with, nil if it begins with
// something else.
func rootOf(x ast.Expr) *ast.Ident {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		return x
	case *ast.SelectorExpr:
		return rootOf(x.X)
	case *ast.CallExpr:
		if sel, ok := x.Fun.(*ast.SelectorExpr); ok && len(x.Args) == 0 {
			return rootOf(sel.X)
		}
	}
	return nil
}

// look reports one literal if it is started again and again.
func (a *accumulation) look(s started) {
	if a.told(s.waits.Pos()) || s.call != nil && !a.starts(s.call) {
		return
	}
	obj, _ := a.pass.TypesInfo.Defs[s.decl.Name].(*types.Func)
	fn := a.pass.ResultOf[lazyssa.Analyzer].(*lazyssa.Form).Package().Prog.FuncValue(obj)
	if fn == nil || !again(fn, s.at) {
		return
	}
	name := types.ExprString(s.waits.X)
	a.pass.Report(analysis.Diagnostic{
		Pos: s.waits.Pos(), End: s.waits.End(), Category: "goroutineleak/accumulate",
		Message: fmt.Sprintf("receive from %s alone, in a goroutine for each round of a loop without end: they all stay until then, have each end with what it is for", name),
		Related: []analysis.RelatedInformation{{Pos: s.loop.Pos(), Message: "the loop"}},
	})
}

// starts reports whether a function starts what it is given in a goroutine.
func (a *accumulation) starts(call *ast.CallExpr) bool {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	callee, _ := a.pass.TypesInfo.Uses[sel.Sel].(*types.Func)
	pkg := a.pass.ResultOf[explored.Analyzer].(*explored.Result).Package
	if callee == nil || pkg == nil {
		return false
	}
	return spawns(pkg.Prog, callee.FullName(), maxHelpers)
}

// maxHelpers bounds how many functions hand a literal on before it is started.
const maxHelpers = 3

// spawns reports whether a function starts a goroutine, or passes what it was
// given to one that does.
func spawns(prog *skeleton.Program, name string, depth int) bool {
	f := prog.Funcs[name]
	if f == nil || depth == 0 {
		return false
	}
	last := len(f.Params) - 1
	for _, b := range f.Blocks {
		for i := range b {
			in := &b[i]
			switch {
			case in.Op == skeleton.Spawn:
				return true
			case in.Op != skeleton.Call || len(in.Args) == 0 || in.Args[0].Kind != skeleton.ArgFunc:
			case slices.Contains(in.Args[1:], skeleton.R(skeleton.Reg(last))) && spawns(prog, in.Args[0].S, depth-1):
				return true
			}
		}
	}
	return false
}

// again reports whether a loop comes back to an instruction of a function or of
// one of its literals.
func again(fn *ssa.Function, at token.Pos) bool {
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			if _, ok := in.(ssa.CallInstruction); ok && in.Pos() == at {
				return comesBack(b)
			}
		}
	}
	for _, lit := range fn.AnonFuncs {
		if again(lit, at) {
			return true
		}
	}
	return false
}

func comesBack(b *ssa.BasicBlock) bool {
	seen := map[*ssa.BasicBlock]bool{}
	todo := append([]*ssa.BasicBlock(nil), b.Succs...)
	for len(todo) > 0 {
		s := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if s == b {
			return true
		}
		if !seen[s] {
			seen[s] = true
			todo = append(todo, s.Succs...)
		}
	}
	return false
}
