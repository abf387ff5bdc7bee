// Package lazyssa is the one SSA form of a package for all analyses. Unlike the
// pass buildssa, which runs whether or not anybody looks at its result, it builds
// when it is first asked: most packages can be seen to hold nothing of interest
// by their syntax alone.
package lazyssa

import (
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/library"
)

// Analyzer gives a *Form.
var Analyzer = &analysis.Analyzer{
	Name:       "lazyssa",
	Doc:        "the SSA form of a package, built when it is asked for",
	Run:        run,
	Requires:   []*analysis.Analyzer{NoReturn, Errors, Passes},
	ResultType: reflect.TypeFor[*Form](),
}

// Form is the SSA form of a package that may not be built yet.
type Form struct {
	// Package builds at the first call. It may be called concurrently, and panics
	// each time if building panicked.
	Package func() *ssa.Package

	// Large tells that the package declares more functions than are worth building
	// only because some of them call what other packages do with goroutines and
	// locks: code of this size that has none itself is generated.
	Large bool

	// Errors tells which functions, and variables that are one, make errors, nil for the others. It may be called
	// concurrently.
	Errors func(types.Object) *MakesError

	// Passes tells what has to hold for functions to return. It may be called
	// concurrently.
	Passes func(*types.Func) []library.Passing

	alone sync.Mutex
}

// Alone waits until the package is the caller's alone, if it is large: what the
// analyses of one keep in memory at a time is then that of one of them. It
// returns what ends that.
func (f *Form) Alone() (done func()) {
	if !f.Large {
		return func() {}
	}
	f.alone.Lock()
	return f.alone.Unlock
}

// maxFuncs is how many functions a package that is not large declares.
const maxFuncs = 2000

func run(pass *analysis.Pass) (any, error) {
	noReturn := pass.ResultOf[NoReturn].(func(*types.Func) bool)
	pkg := sync.OnceValue(func() *ssa.Package {
		return Build(pass.Fset, pass.Pkg, pass.Files, pass.TypesInfo, noReturn)
	})
	makes := pass.ResultOf[Errors].(func(types.Object) *MakesError)
	passes := pass.ResultOf[Passes].(func(*types.Func) []library.Passing)
	return &Form{Package: pkg, Large: countFuncs(pass.Files) > maxFuncs, Errors: makes, Passes: passes}, nil
}

func countFuncs(files []*ast.File) (n int) {
	for _, f := range files {
		for _, d := range f.Decls {
			if _, ok := d.(*ast.FuncDecl); ok {
				n++
			}
		}
	}
	return n
}

// Build builds a package with its generic functions instantiated, so that types
// are known, and with debug references, which hold the names of variables. Calls
// of functions of which noReturn tells that they never return end a path; it may
// be nil. Those that serve for ever do not: the goroutine stays, with all that it
// would do afterwards.
func Build(fset *token.FileSet, pkg *types.Package, files []*ast.File, info *types.Info, noReturn func(*types.Func) bool) *ssa.Package {
	prog := ssa.NewProgram(fset, ssa.InstantiateGenerics|ssa.GlobalDebug|ssa.BuildSerially)
	if noReturn != nil {
		serves := serving(files, info)
		prog.SetNoReturn(func(fn *types.Func) bool { return noReturn(fn) && !serves[fn] })
	}
	for _, p := range pkg.Imports() {
		prog.CreatePackage(p, nil, nil, true)
	}
	out := prog.CreatePackage(pkg, files, info, false)
	out.Build()
	unifyAll(out, files, info)
	return out
}

// serving are the functions that end with a loop without condition.
func serving(files []*ast.File, info *types.Info) map[*types.Func]bool {
	out := map[*types.Func]bool{}
	for _, f := range files {
		for _, d := range f.Decls {
			decl, ok := d.(*ast.FuncDecl)
			if !ok || decl.Body == nil || len(decl.Body.List) == 0 {
				continue
			}
			last := decl.Body.List[len(decl.Body.List)-1]
			if l, ok := last.(*ast.LabeledStmt); ok {
				last = l.Stmt
			}
			if loop, ok := last.(*ast.ForStmt); ok && loop.Cond == nil {
				if fn, ok := info.Defs[decl.Name].(*types.Func); ok {
					out[fn] = true
				}
			}
		}
	}
	return out
}
