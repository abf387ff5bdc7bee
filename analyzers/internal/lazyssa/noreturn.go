package lazyssa

import (
	"go/ast"
	"go/types"
	"reflect"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/cfg"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/concheck/concheck/analyzers/internal/library"
)

// Which functions never return. Must: those whose control-flow graph has no way
// to a return, given that calls of others of this kind end a path. Of the
// functions of other packages the library's models and facts tell. The pass
// ctrlflow of x/tools computes the same from facts alone; but the standard library
// has none, for what it does is known. Calls through interfaces and function
// values are taken to return; functions that call each other in a circle, too.
// Linear in the syntax.

// NoReturn computes which functions never return, and gives a
// func(*types.Func) bool.
var NoReturn = &analysis.Analyzer{
	Name:       "noreturn",
	Doc:        "functions that never return",
	Run:        runNoReturn,
	FactTypes:  []analysis.Fact{new(neverReturns)},
	ResultType: reflect.TypeFor[func(*types.Func) bool](),
}

// neverReturns is the fact about a function that never returns.
type neverReturns struct{}

func (*neverReturns) AFact()         {}
func (*neverReturns) String() string { return "noreturn" }

// fatal decides about the functions of one package.
type fatal struct {
	pass  *analysis.Pass
	decls map[*types.Func]*ast.FuncDecl // those still to be decided
	known map[*types.Func]bool
}

func runNoReturn(pass *analysis.Pass) (any, error) {
	f := &fatal{pass: pass, decls: map[*types.Func]*ast.FuncDecl{}, known: map[*types.Func]bool{}}
	for _, fact := range pass.AllObjectFacts() {
		if fn, ok := fact.Object.(*types.Func); ok {
			f.known[fn] = true
		}
	}
	for _, file := range pass.Files {
		for _, d := range file.Decls {
			if decl, ok := d.(*ast.FuncDecl); ok && decl.Body != nil && mayStay(decl.Body) {
				if fn, ok := pass.TypesInfo.Defs[decl.Name].(*types.Func); ok {
					f.decls[fn] = decl
				}
			}
		}
	}
	for _, file := range pass.Files {
		for _, d := range file.Decls {
			if decl, ok := d.(*ast.FuncDecl); ok {
				if fn, ok := pass.TypesInfo.Defs[decl.Name].(*types.Func); ok && f.never(fn) {
					pass.ExportObjectFact(fn, new(neverReturns))
				}
			}
		}
	}
	return f.never, nil
}

// mayStay reports whether a function can be one that never returns as far as
// its last statement tells.
func mayStay(body *ast.BlockStmt) bool {
	if len(body.List) == 0 {
		return false
	}
	switch last := body.List[len(body.List)-1].(type) {
	case *ast.AssignStmt, *ast.DeferStmt, *ast.GoStmt, *ast.SendStmt, *ast.IncDecStmt, *ast.DeclStmt, *ast.RangeStmt:
		return len(body.List) > 1
	case *ast.ReturnStmt:
		return len(body.List) > 1 // after a call that never returns, for the compiler's sake
	case *ast.ForStmt:
		return last.Cond == nil || len(body.List) > 1
	}
	return true
}

// never reports whether a function never returns.
func (f *fatal) never(fn *types.Func) bool {
	fn = fn.Origin()
	if v, ok := f.known[fn]; ok {
		return v
	}
	if fn.Pkg() != f.pass.Pkg {
		v := fn.Pkg() != nil && library.NoReturn(fn.FullName())
		f.known[fn] = v
		return v
	}
	decl := f.decls[fn]
	f.known[fn] = false // in a circle
	if decl != nil {
		f.known[fn] = cfg.New(decl.Body, f.returns).NoReturn()
	}
	return f.known[fn]
}

// returns reports whether a call may return.
func (f *fatal) returns(call *ast.CallExpr) bool {
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok {
		if b, ok := f.pass.TypesInfo.Uses[id].(*types.Builtin); ok {
			return b.Name() != "panic"
		}
	}
	fn := typeutil.StaticCallee(f.pass.TypesInfo, call)
	return fn == nil || !f.never(fn)
}
