package lazyssa

import (
	"fmt"
	"go/ast"
	"go/types"
	"reflect"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/host"
)

// Which functions make errors: those with a single result, an error, that is
// never nil, as that of errors.New, or nil exactly if a certain argument is, as
// that of a function that adds a text to an error. Must: every return gives a
// value that is no interface, what another such function gives, or a variable
// that holds one of these; statements are taken in their order, and what is
// assigned in a branch or a loop is not known behind it. Of the functions of
// other packages facts tell; those of the standard library are not looked at,
// but for the two that everybody uses. Calls through interfaces and function
// values tell nothing; functions that call each other in a circle, neither.
// Linear in the syntax of these functions.

// Errors computes which functions make errors, and gives a
// func(types.Object) *MakesError, which is nil for those that do not.
var Errors = &analysis.Analyzer{
	Name:       "makeserror",
	Doc:        "functions that make errors",
	Run:        runErrors,
	FactTypes:  []analysis.Fact{new(MakesError)},
	ResultType: reflect.TypeFor[func(types.Object) *MakesError](),
}

// MakesError is the fact about a function, or a variable that is one, that makes an error.
type MakesError struct {
	Of int // the argument, the receiver not counted, with which the result is nil; -1 if it never is
}

// Arg is the argument of a call, the receiver of a method first, with which the
// error is nil, -1 if it never is.
func (m *MakesError) Arg(c *ssa.CallCommon) int {
	if m.Of < 0 {
		return -1
	}
	return m.Of + len(c.Args) - c.Signature().Params().Len()
}

// AFact marks a fact.
func (*MakesError) AFact() {}

func (m *MakesError) String() string {
	if m.Of < 0 {
		return "error"
	}
	return fmt.Sprintf("error of %d", m.Of)
}

// errorMakers decides about the functions of one package.
type errorMakers struct {
	pass  *analysis.Pass
	decls map[*types.Func]*ast.FuncDecl // those still to be decided
	vars  map[*types.Var]*types.Func    // what variables are declared to be, likewise
	known map[types.Object]*MakesError
}

var errorType = types.Universe.Lookup("error").Type()

func runErrors(pass *analysis.Pass) (any, error) {
	m := &errorMakers{pass: pass, decls: map[*types.Func]*ast.FuncDecl{}, known: map[types.Object]*MakesError{}}
	if pass.TypesInfo == nil || len(pass.Files) == 0 || host.Standard(pass.Fset, pass.Pkg, pass.Files) {
		return m.of, nil
	}
	for _, fact := range pass.AllObjectFacts() {
		m.known[fact.Object], _ = fact.Fact.(*MakesError)
	}
	var candidates []types.Object
	for _, file := range pass.Files {
		for _, d := range file.Decls {
			decl, ok := d.(*ast.FuncDecl)
			if !ok || decl.Body == nil {
				continue
			}
			if fn, ok := pass.TypesInfo.Defs[decl.Name].(*types.Func); ok && onlyError(fn.Signature()) {
				m.decls[fn] = decl
				candidates = append(candidates, fn)
			}
		}
	}
	m.vars = declaredVars(pass)
	for v := range m.vars {
		candidates = append(candidates, v)
	}
	for _, obj := range candidates {
		if made := m.of(obj); made != nil && obj.Exported() {
			pass.ExportObjectFact(obj, made)
		}
	}
	return m.of, nil
}

// onlyError reports whether a function returns an error and nothing else.
func onlyError(sig *types.Signature) bool {
	return sig.Results().Len() == 1 && types.Identical(sig.Results().At(0).Type(), errorType)
}

// of tells what is known of a function, or of a variable that is one, nil if that is
// nothing. Once those of the package are decided it may be called concurrently.
func (m *errorMakers) of(obj types.Object) *MakesError {
	if v, ok := obj.(*types.Var); ok {
		if fn := m.vars[v]; fn != nil {
			return m.of(fn)
		}
		return m.known[v]
	}
	fn, ok := obj.(*types.Func)
	if !ok {
		return nil
	}
	fn = fn.Origin()
	if decl := m.decls[fn]; decl != nil {
		delete(m.decls, fn) // in a circle nothing is known
		m.known[fn] = m.decide(decl, fn.Signature())
	}
	if made := m.known[fn]; made != nil || fn.Pkg() == nil {
		return made
	}
	if name := fn.Name(); name == "New" || name == "Errorf" {
		switch fn.FullName() {
		case "errors.New", "fmt.Errorf":
			return &MakesError{Of: -1}
		}
	}
	return nil
}

// decide finds out what a function with a body returns.
func (m *errorMakers) decide(decl *ast.FuncDecl, sig *types.Signature) *MakesError {
	if len(decl.Type.Results.List[0].Names) > 0 {
		return nil // deferred calls may change it
	}
	f := &errorFlow{m: m, wild: map[*types.Var]bool{}}
	f.findWild(decl.Body)
	env := nilEnv{}
	entry := make([]*types.Var, sig.Params().Len())
	for i := range entry {
		if v := sig.Params().At(i); types.Identical(v.Type(), errorType) {
			entry[i] = types.NewVar(v.Pos(), v.Pkg(), v.Name(), v.Type())
			env[v] = nilness{kind: asParam, of: entry[i]}
			env[entry[i]] = env[v]
		}
	}
	f.block(decl.Body.List, env)
	if f.failed || len(f.returns) == 0 || len(f.returns) != f.written {
		return nil
	}
	if f.all(func(r nilReturn) bool { return r.gives.kind == neverNil }) {
		return &MakesError{Of: -1}
	}
	for i, v := range entry {
		if v == nil {
			continue
		}
		exactly := func(r nilReturn) bool {
			switch r.gives.kind {
			case neverNil:
				return r.env[v].kind == neverNil
			case alwaysNil:
				return r.env[v].kind == alwaysNil
			case asParam:
				return r.gives.of == v
			}
			return false
		}
		if f.all(exactly) {
			return &MakesError{Of: i}
		}
	}
	return nil
}

func (f *errorFlow) all(is func(nilReturn) bool) bool {
	for _, r := range f.returns {
		if !is(r) {
			return false
		}
	}
	return true
}
