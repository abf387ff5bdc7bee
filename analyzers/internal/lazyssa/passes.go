package lazyssa

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/concheck/concheck/analyzers/internal/host"
	"github.com/concheck/concheck/analyzers/internal/library"
)

// What has to hold for a function to return, such as a helper of tests that ends
// the test if it is given an error. Must: over the statements of the body itself,
// in their order, as long as nothing returns: an if whose body never comes to
// its end asserts that the condition does not hold, and calls of other such
// functions assert what those do. A condition counts if it compares a parameter
// that is never assigned, with a constant or with another one. Of the functions of other
// packages the library's models and facts tell. Calls through function values
// assert nothing; functions that call each other in a circle, neither.
// Linear in the syntax.

// Passes computes what has to hold for functions to return, and gives a
// func(*types.Func) []library.Passing.
var Passes = &analysis.Analyzer{
	Name:       "passes",
	Doc:        "what has to hold for functions to return",
	Run:        runPasses,
	Requires:   []*analysis.Analyzer{NoReturn},
	FactTypes:  []analysis.Fact{new(Asserts)},
	ResultType: reflect.TypeFor[func(*types.Func) []library.Passing](),
}

// Asserts is the fact about a function that only returns if something holds.
type Asserts struct{ Passes []library.Passing }

// AFact marks a fact.
func (*Asserts) AFact() {}

func (a *Asserts) String() string {
	var parts []string
	for _, p := range a.Passes {
		parts = append(parts, fmt.Sprint(p))
	}
	return strings.Join(parts, " ")
}

// asserting decides about the functions of one package.
type asserting struct {
	pass  *analysis.Pass
	ends  func(*types.Func) bool
	decls map[*types.Func]*ast.FuncDecl // those still to be decided
	known map[*types.Func][]library.Passing
}

func runPasses(pass *analysis.Pass) (any, error) {
	a := &asserting{
		pass:  pass,
		ends:  pass.ResultOf[NoReturn].(func(*types.Func) bool),
		decls: map[*types.Func]*ast.FuncDecl{},
		known: map[*types.Func][]library.Passing{},
	}
	if pass.TypesInfo == nil || len(pass.Files) == 0 || host.Standard(pass.Fset, pass.Pkg, pass.Files) {
		return a.of, nil
	}
	for _, fact := range pass.AllObjectFacts() {
		if fn, ok := fact.Object.(*types.Func); ok {
			a.known[fn] = fact.Fact.(*Asserts).Passes
		}
	}
	var fns []*types.Func
	for _, file := range pass.Files {
		for _, d := range file.Decls {
			decl, ok := d.(*ast.FuncDecl)
			if !ok || decl.Body == nil {
				continue
			}
			if fn, ok := pass.TypesInfo.Defs[decl.Name].(*types.Func); ok && fn.Signature().Params().Len() > 0 {
				a.decls[fn] = decl
				fns = append(fns, fn)
			}
		}
	}
	for _, fn := range fns {
		if p := a.of(fn); len(p) > 0 && fn.Exported() {
			pass.ExportObjectFact(fn, &Asserts{p})
		}
	}
	return a.of, nil
}

// of tells what has to hold for a function to return. Once those of the package are
// decided it may be called concurrently.
func (a *asserting) of(fn *types.Func) []library.Passing {
	fn = fn.Origin()
	if decl := a.decls[fn]; decl != nil {
		delete(a.decls, fn) // in a circle nothing is known
		b := &assertingBody{asserting: a, params: map[*types.Var]int{}}
		b.decide(fn.Signature(), decl)
		a.known[fn] = b.out
	}
	if p, ok := a.known[fn]; ok || fn.Pkg() == nil {
		return p
	}
	if p, ok := library.Passes(fn.FullName()); ok {
		return []library.Passing{p}
	}
	return nil
}

// assertingBody goes through the body of one function.
type assertingBody struct {
	*asserting
	params map[*types.Var]int // those that are never assigned
	defers bool               // a deferred call may recover from panics
	out    []library.Passing
}

func (b *assertingBody) decide(sig *types.Signature, decl *ast.FuncDecl) {
	first := 0
	if r := sig.Recv(); r != nil {
		b.params[r] = 0
		first = 1
	}
	for i := range sig.Params().Len() {
		if !sig.Variadic() || i < sig.Params().Len()-1 {
			b.params[sig.Params().At(i)] = first + i
		}
	}
	b.forgetAssigned(decl.Body)
	for k, s := range decl.Body.List {
		switch s := s.(type) {
		case *ast.ExprStmt:
			if call, ok := ast.Unparen(s.X).(*ast.CallExpr); ok {
				b.called(call)
			}
		case *ast.IfStmt:
			switch {
			case s.Else == nil && b.ended(s.Body.List):
				b.holds(s.Cond, false)
				continue
			case s.Else == nil && returns(s.Body) && b.ended(decl.Body.List[k+1:]):
				b.holds(s.Cond, true)
				return
			}
		}
		if returns(s) {
			return
		}
	}
}

// forgetAssigned leaves parameters out that are assigned, or may be through a pointer.
func (b *assertingBody) forgetAssigned(body *ast.BlockStmt) {
	forget := func(e ast.Expr) {
		if id, ok := ast.Unparen(e).(*ast.Ident); ok {
			if v, ok := b.pass.TypesInfo.Uses[id].(*types.Var); ok {
				delete(b.params, v)
			}
		}
	}
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.DeferStmt:
			b.defers = true
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				forget(l)
			}
		case *ast.RangeStmt:
			if n.Key != nil {
				forget(n.Key)
			}
			if n.Value != nil {
				forget(n.Value)
			}
		case *ast.IncDecStmt:
			forget(n.X)
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				forget(n.X)
			}
		}
		return true
	})
}

// ended reports whether a list of statements never comes to its end, nor leaves
// in another way that the caller would notice.
func (b *assertingBody) ended(list []ast.Stmt) bool {
	if len(list) == 0 || slices.ContainsFunc(list, func(s ast.Stmt) bool { return returns(s) }) {
		return false
	}
	last, ok := list[len(list)-1].(*ast.ExprStmt)
	if !ok {
		return false
	}
	call, ok := ast.Unparen(last.X).(*ast.CallExpr)
	if !ok {
		return false
	}
	switch fn := typeutil.Callee(b.pass.TypesInfo, call).(type) {
	case *types.Builtin:
		return fn.Name() == "panic" && !b.defers
	case *types.Func:
		if r := fn.Signature().Recv(); r != nil && types.IsInterface(r.Type()) {
			return library.NoReturn(fn.FullName())
		}
		return b.ends(fn) && !b.defers
	}
	return false
}

// returns reports whether a statement may leave the function, or what comes
// around it in it, to go on elsewhere.
func returns(s ast.Stmt) (yes bool) {
	ast.Inspect(s, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			yes = true
		case *ast.BranchStmt:
			yes = yes || n.Label != nil
		}
		return !yes
	})
	return yes
}

// called notes what a call asserts of the parameters.
func (b *assertingBody) called(call *ast.CallExpr) {
	fn := typeutil.StaticCallee(b.pass.TypesInfo, call)
	if fn == nil || b.defers || call.Ellipsis.IsValid() {
		return
	}
	args := call.Args
	if fn.Signature().Recv() != nil {
		if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); !ok || b.pass.TypesInfo.Selections[sel].Kind() != types.MethodVal {
			return
		}
		args = append([]ast.Expr{call.Fun}, args...) // of receivers nothing is asserted
	}
	for _, p := range b.of(fn) {
		if p.Param >= len(args) || p.Val == "" && p.Other >= len(args) {
			continue
		}
		switch x := args[p.Param]; {
		case p.Val == "":
			b.same(x, args[p.Other], p.Is)
		case p.Val == "true":
			b.holds(x, p.Is)
		default:
			if k, ok := b.param(x); ok {
				b.add(library.Passing{Param: k, Val: p.Val, Is: p.Is})
			}
		}
	}
}

// holds notes that a condition is true, or false.
func (b *assertingBody) holds(cond ast.Expr, is bool) {
	switch e := ast.Unparen(cond).(type) {
	case *ast.Ident:
		if k, ok := b.param(e); ok {
			b.add(library.Passing{Param: k, Val: "true", Is: is})
		}
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			b.holds(e.X, !is)
		}
	case *ast.BinaryExpr:
		switch e.Op {
		case token.EQL, token.NEQ:
			b.same(e.X, e.Y, is == (e.Op == token.EQL))
		case token.LAND, token.LOR:
			if is == (e.Op == token.LAND) {
				b.holds(e.X, is)
				b.holds(e.Y, is)
			}
		}
	}
}

// same notes that two expressions are equal, or are not.
func (b *assertingBody) same(x, y ast.Expr, is bool) {
	if _, ok := b.param(x); !ok {
		x, y = y, x
	}
	k, ok := b.param(x)
	if !ok {
		return
	}
	if other, ok := b.param(y); ok {
		b.add(library.Passing{Param: k, Other: other, Is: is})
		return
	}
	switch tv := b.pass.TypesInfo.Types[y]; {
	case tv.IsNil():
		b.add(library.Passing{Param: k, Val: "nil", Is: is})
	case tv.Value != nil && tv.Value.Kind() == constant.Bool:
		b.add(library.Passing{Param: k, Val: "true", Is: is == constant.BoolVal(tv.Value)})
	case tv.Value != nil && tv.Value.Kind() == constant.Int:
		b.add(library.Passing{Param: k, Val: tv.Value.ExactString(), Is: is})
	}
}

// param is the number of the parameter that an expression is.
func (b *assertingBody) param(e ast.Expr) (int, bool) {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return 0, false
	}
	v, ok := b.pass.TypesInfo.Uses[id].(*types.Var)
	if !ok {
		return 0, false
	}
	k, ok := b.params[v]
	return k, ok
}

func (b *assertingBody) add(p library.Passing) {
	if !slices.Contains(b.out, p) {
		b.out = append(b.out, p)
	}
}
