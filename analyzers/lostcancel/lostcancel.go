package lostcancel

import (
	_ "embed"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/concheck/concheck/analyzers/internal/check"
	"github.com/concheck/concheck/analyzers/internal/explored"
	"github.com/concheck/concheck/analyzers/internal/host"
	"github.com/concheck/concheck/analyzers/internal/lazyssa"
	"github.com/concheck/concheck/analyzers/internal/testfile"
)

//go:embed doc.go
var doc string

// Analyzer reports cancel functions that are lost.
var Analyzer = check.New(check.Spec{
	Name:     "lostcancel",
	Doc:      doc,
	Run:      run,
	Requires: []*analysis.Analyzer{derivations, lazyssa.Analyzer, explored.Analyzer},
})

// Categories of the diagnostics.
const (
	categoryDiscarded = "lostcancel/discarded"
	categoryPath      = "lostcancel/path"
	categoryDropped   = "lostcancel/dropped"
)

func run(pass *check.Pass) error {
	d := pass.ResultOf[derivations].(*derivers)
	if d == nil || host.FactsOnly.Load() {
		return nil
	}
	for _, file := range pass.Files {
		if testfile.At(pass.Fset, file.FileStart) {
			continue
		}
		for _, c := range assigned(pass, file) {
			pass.Each(func() { look(pass, d, c) })
		}
		for _, c := range constructions(pass, d, file) {
			pass.Each(func() { lookDropped(pass, c) })
		}
	}
	return nil
}

// A derivation is a call that gives a cancel function.
type derivation struct {
	assign *ast.AssignStmt
	call   *ast.CallExpr
	callee *types.Func
	index  int        // of the cancel function among the results
	name   *ast.Ident // what it is assigned to
	decl   *ast.FuncDecl
}

// assigned are the calls in a file that give a cancel function, but for those of
// which the next statement defers it, which is nearly all.
func assigned(pass *check.Pass, file *ast.File) (found []derivation) {
	for _, d := range file.Decls {
		decl, ok := d.(*ast.FuncDecl)
		if !ok || decl.Body == nil || endsProcess(pass.Pkg, decl) {
			continue
		}
		deferred := map[ast.Stmt]bool{} // assignments that a defer follows
		ast.Inspect(decl.Body, func(n ast.Node) bool {
			var list []ast.Stmt
			switch n := n.(type) {
			case *ast.BlockStmt:
				list = n.List
			case *ast.CaseClause:
				list = n.Body
			case *ast.CommClause:
				list = n.Body
			case *ast.AssignStmt:
				if c, ok := derivationOf(pass, n); ok && !deferred[n] {
					c.decl = decl
					found = append(found, c)
				}
				return true
			}
			for i := 1; i < len(list); i++ {
				if defers(list[i-1], list[i]) {
					deferred[list[i-1]] = true
				}
			}
			return true
		})
	}
	return found
}

// endsProcess reports whether a function's contexts need no end: the process
// ends with it, or what it does is done once in a process.
func endsProcess(pkg *types.Package, decl *ast.FuncDecl) bool {
	return decl.Recv == nil && (decl.Name.Name == "init" || decl.Name.Name == "main" && pkg.Name() == "main")
}

// defers reports whether a statement is a defer of what the one before assigned.
func defers(assign, next ast.Stmt) bool {
	a, ok := assign.(*ast.AssignStmt)
	if !ok {
		return false
	}
	d, ok := next.(*ast.DeferStmt)
	if !ok {
		return false
	}
	f, ok := d.Call.Fun.(*ast.Ident)
	return ok && slices.ContainsFunc(a.Lhs, func(l ast.Expr) bool {
		id, ok := l.(*ast.Ident)
		return ok && id.Name == f.Name
	})
}

// derivationOf looks at an assignment of the results of one call of a function
// that is known, one of them a cancel function.
func derivationOf(pass *check.Pass, assign *ast.AssignStmt) (derivation, bool) {
	if len(assign.Rhs) != 1 || len(assign.Lhs) < 2 {
		return derivation{}, false
	}
	call, ok := ast.Unparen(assign.Rhs[0]).(*ast.CallExpr)
	if !ok {
		return derivation{}, false
	}
	results, ok := pass.TypesInfo.TypeOf(call).(*types.Tuple)
	if !ok {
		return derivation{}, false
	}
	i := cancelIndex(results)
	if i < 0 {
		return derivation{}, false
	}
	id, ok := assign.Lhs[i].(*ast.Ident)
	if !ok {
		return derivation{}, false
	}
	callee := calleeOf(pass.TypesInfo, call)
	return derivation{assign: assign, call: call, callee: callee, index: i, name: id}, callee != nil
}

// cancelIndex is the index of the cancel function among results that are a
// context and a cancel function, -1 if they are not.
func cancelIndex(results *types.Tuple) int {
	ctx, cancel := -1, -1
	for i := range results.Len() {
		switch n := named(results.At(i).Type()); n {
		case "Context":
			ctx = i
		case "CancelFunc", "CancelCauseFunc":
			cancel = i
		}
	}
	if ctx < 0 {
		return -1
	}
	return cancel
}

// named is the name of a type of package context, "" for others.
func named(t types.Type) string {
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || n.Obj().Pkg() == nil || n.Obj().Pkg().Path() != "context" {
		return ""
	}
	return n.Obj().Name()
}

// calleeOf is the function that a call is known to call, nil if it is not known.
func calleeOf(info *types.Info, call *ast.CallExpr) *types.Func {
	fn, _ := typeutil.Callee(info, call).(*types.Func)
	return fn
}

// look reports one derivation if its cancel function is lost.
func look(pass *check.Pass, d *derivers, c derivation) {
	if !d.derives(c.callee) {
		return
	}
	callee := shortName(c.callee)
	if c.name.Name == "_" {
		if endsWithParent(pass, c) || meant(pass, c) {
			return
		}
		pass.Report(analysis.Diagnostic{
			Pos: c.call.Pos(), End: c.call.End(), Category: categoryDiscarded,
			Message: fmt.Sprintf("the cancel function of %s is discarded, so that what waits for the context stays until its parent ends: keep it and defer it", callee),
		})
		return
	}
	l := lost(pass.TypesInfo, pass.ResultOf[lazyssa.Analyzer].(*lazyssa.Form).Package(), c)
	if l == nil {
		return
	}
	pass.Report(analysis.Diagnostic{
		Pos: c.call.Pos(), End: c.call.End(), Category: categoryPath,
		Message: fmt.Sprintf("%s, the cancel function of %s, is not called when %s: defer it, or call it there", c.name.Name, callee, l.when(pass.Fset, c.decl)),
		Related: l.related(),
	})
}

// endsWithParent reports whether a context is below one of the same function
// whose cancel function is kept: it ends together with that. Where that one is
// lost, it is reported there.
func endsWithParent(pass *check.Pass, c derivation) bool {
	var parents []types.Object
	for _, a := range c.call.Args {
		if id, ok := ast.Unparen(a).(*ast.Ident); ok && named(pass.TypesInfo.TypeOf(id)) == "Context" {
			parents = append(parents, pass.TypesInfo.ObjectOf(id))
		}
	}
	kept := false
	ast.Inspect(c.decl.Body, func(n ast.Node) bool {
		assign, ok := n.(*ast.AssignStmt)
		if !ok || assign.Pos() >= c.call.Pos() {
			return !kept
		}
		if above, ok := derivationOf(pass, assign); ok && above.name.Name != "_" {
			kept = kept || slices.ContainsFunc(assign.Lhs, func(l ast.Expr) bool {
				id, ok := l.(*ast.Ident)
				return ok && id.Name != "_" && slices.Contains(parents, pass.TypesInfo.ObjectOf(id))
			})
		}
		return !kept
	})
	return kept
}

// A construction is a call that makes an object which owns a context.
type construction struct {
	call   *ast.CallExpr
	callee *types.Func
	method string     // what ends the object
	name   *ast.Ident // what it is assigned to
	decl   *ast.FuncDecl
}

// constructions are the calls in a file that make such an object.
func constructions(pass *check.Pass, d *derivers, file *ast.File) (found []construction) {
	for _, decl := range file.Decls {
		decl, ok := decl.(*ast.FuncDecl)
		if !ok || decl.Body == nil || endsProcess(pass.Pkg, decl) {
			continue
		}
		ast.Inspect(decl.Body, func(n ast.Node) bool {
			a, ok := n.(*ast.AssignStmt)
			if !ok || len(a.Rhs) != 1 {
				return true
			}
			call, ok := ast.Unparen(a.Rhs[0]).(*ast.CallExpr)
			if !ok {
				return true
			}
			id, ok := a.Lhs[0].(*ast.Ident)
			callee := calleeOf(pass.TypesInfo, call)
			if !ok || id.Name == "_" || callee == nil {
				return true
			}
			if m := d.owner(callee); m != "" {
				found = append(found, construction{call, callee, m, id, decl})
			}
			return true
		})
	}
	return found
}

// lookDropped reports an object that is dropped on a path, unless a schedule has
// shown what is lost with it.
func lookDropped(pass *check.Pass, c construction) {
	call := callAt(pass.ResultOf[lazyssa.Analyzer].(*lazyssa.Form).Package(), pass.TypesInfo, c.decl, c.call)
	if call == nil {
		return
	}
	l := dropped(call, c.method)
	if l == nil {
		return
	}
	if pass.ResultOf[explored.Analyzer].(*explored.Result).Told(pass.Fset)(c.call.Pos()) {
		return
	}
	pass.Report(analysis.Diagnostic{
		Pos: c.call.Pos(), End: c.call.End(), Category: categoryDropped,
		Message: fmt.Sprintf("%s is dropped when %s, and with it the cancel function that ends its goroutine: call %s.%s() there", c.name.Name, l.when(pass.Fset, c.decl), c.name.Name, c.method),
		Related: l.related(),
	})
}

// shortName is a function as its callers write it.
func shortName(fn *types.Func) string {
	if recv := fn.Signature().Recv(); recv != nil || fn.Pkg() == nil {
		return fn.Name()
	}
	return fn.Pkg().Name() + "." + fn.Name()
}

// A loss is a path that loses the cancel function: to a return, or to the call again.
type loss struct {
	at    token.Pos
	again bool
	lit   bool // of a function literal
}

func (l *loss) when(fset *token.FileSet, decl *ast.FuncDecl) string {
	if l.again {
		return "the loop goes round again"
	}
	who := decl.Name.Name
	if l.lit {
		who = "the function literal"
	}
	if !l.at.IsValid() {
		return who + " returns at its end"
	}
	return fmt.Sprintf("%s returns at line %d", who, fset.Position(l.at).Line)
}

func (l *loss) related() []analysis.RelatedInformation {
	if !l.at.IsValid() {
		return nil
	}
	return []analysis.RelatedInformation{{Pos: l.at, Message: "the path ends here"}}
}
