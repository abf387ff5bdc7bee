package lostcancel

import (
	"go/ast"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/host"
	"github.com/concheck/concheck/analyzers/internal/lazyssa"
)

// Functions that derive contexts: those of package context, and those that give
// a cancel function which is theirs to give: it is that of a derivation within, or a
// literal, or a method of something made there, in a function that derives a context or
// starts a goroutine. A function that hands out the cancel function of somebody else,
// a field say, derives nothing: whoever made that calls it.
//
// Must, over the returns of the function: one gives such a cancel function, and
// the others such or none.

// derives is the fact that a function derives contexts.
type derives struct{}

// AFact marks a fact.
func (*derives) AFact() {}

func (*derives) String() string { return "derives a context" }

// derivations finds them. Its result is a *derivers, nil for the standard library.
var derivations = &analysis.Analyzer{
	Name:       "derivations",
	Doc:        "find the functions that derive contexts",
	Run:        derive,
	Requires:   []*analysis.Analyzer{lazyssa.Analyzer},
	FactTypes:  []analysis.Fact{new(derives), new(owns)},
	ResultType: reflect.TypeFor[*derivers](),
}

func derive(pass *analysis.Pass) (any, error) {
	if host.Standard(pass.Fset, pass.Pkg, pass.Files) {
		return (*derivers)(nil), nil
	}
	d := &derivers{pass: pass, form: pass.ResultOf[lazyssa.Analyzer].(*lazyssa.Form)}
	if importsContext(pass.Pkg) {
		d.export()
	}
	return d, nil
}

// importsContext reports whether a package imports package context, or the one
// that context was before it became part of the standard library.
func importsContext(pkg *types.Package) bool {
	return slices.ContainsFunc(pkg.Imports(), func(p *types.Package) bool {
		return p.Path() == "context" || p.Path() == "golang.org/x/net/context"
	})
}

// derivers knows the functions that derive contexts.
type derivers struct {
	pass *analysis.Pass
	form *lazyssa.Form

	// Functions of the package, as far as they were looked at.
	own    map[*types.Func]bool
	owners map[*types.Func]string
	keep   map[*types.Func]bool // those that speak of cancel functions
}

// fundamental are the functions of package context. That of os/signal is not
// among them: a program that waits for signals does so to its end.
var fundamental = map[string]bool{
	"WithCancel": true, "WithCancelCause": true, "WithTimeout": true, "WithTimeoutCause": true,
	"WithDeadline": true, "WithDeadlineCause": true,
}

// derives reports whether a function derives contexts.
func (d *derivers) derives(fn *types.Func) bool {
	fn = fn.Origin()
	switch {
	case fn.Pkg() == nil:
		return false
	case fn.Pkg().Path() == "context":
		return fundamental[fn.Name()]
	case fn.Pkg() != d.pass.Pkg:
		return d.pass.ImportObjectFact(fn, new(derives))
	}
	if known, ok := d.own[fn]; ok {
		return known
	}
	if d.own == nil {
		d.own = map[*types.Func]bool{}
	}
	d.own[fn] = false // while it is looked at, and if that fails
	func() {
		defer func() { _ = recover() }()
		d.own[fn] = d.looksDerived(d.form.Package().Prog.FuncValue(fn))
	}()
	return d.own[fn]
}

// export gives the functions of the package that derive contexts, and those that
// make objects with one, their facts.
func (d *derivers) export() {
	d.keep = map[*types.Func]bool{}
	var shown []*types.Func
	for _, file := range d.pass.Files {
		for _, decl := range file.Decls {
			decl, ok := decl.(*ast.FuncDecl)
			if !ok || decl.Body == nil {
				continue
			}
			fn, _ := d.pass.TypesInfo.Defs[decl.Name].(*types.Func)
			if fn == nil {
				continue
			}
			d.keep[fn] = made(fn) != nil && mentions(decl.Body)
			if fn.Exported() && (d.keep[fn] || cancelIndex(fn.Signature().Results()) >= 0) {
				shown = append(shown, fn)
			}
		}
	}
	for _, fn := range shown {
		if cancelIndex(fn.Signature().Results()) >= 0 && d.derives(fn) {
			d.pass.ExportObjectFact(fn, &derives{})
		} else if m := d.owner(fn); m != "" {
			d.pass.ExportObjectFact(fn, &owns{m})
		}
	}
}

// mentions reports whether a constructor may keep a cancel function: it speaks of
// context.WithCancel or the like, or calls something with such a name.
func mentions(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && (fundamental[id.Name] || strings.Contains(strings.ToLower(id.Name), "cancel")) {
			found = true
		}
		return !found
	})
	return found
}

// looksDerived looks at the returns of a function.
func (d *derivers) looksDerived(fn *ssa.Function) bool {
	if fn == nil || fn.Blocks == nil {
		return false
	}
	i := cancelIndex(fn.Signature.Results())
	if i < 0 {
		return false
	}
	own, one := d.begins(fn), false
	for _, b := range fn.Blocks {
		r, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok || i >= len(r.Results) || b == fn.Recover {
			continue
		}
		fresh, none := d.given(r.Results[i], own, 0)
		if !fresh && !none {
			return false
		}
		one = one || fresh
	}
	return one
}

// begins reports whether a function itself derives a context or starts a goroutine.
func (d *derivers) begins(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			switch in := in.(type) {
			case *ssa.Go:
				return true
			case *ssa.Call:
				if d.derivation(in) {
					return true
				}
			}
		}
	}
	return false
}

func (d *derivers) derivation(call *ssa.Call) bool {
	callee := call.Call.StaticCallee()
	if callee == nil || cancelIndex(callee.Signature.Results()) < 0 {
		return false
	}
	obj, _ := callee.Object().(*types.Func)
	return obj != nil && d.derives(obj)
}

// maxPhis bounds how far given looks through the ways to a value.
const maxPhis = 4

// given tells of a returned cancel function whether it is the function's own to
// give, or none at all.
func (d *derivers) given(v ssa.Value, own bool, depth int) (fresh, none bool) {
	switch v := v.(type) {
	case *ssa.Const, *ssa.Function:
		return false, true
	case *ssa.ChangeType:
		return d.given(v.X, own, depth)
	case *ssa.MakeClosure:
		return own, false
	case *ssa.Extract:
		call, ok := v.Tuple.(*ssa.Call)
		return ok && named(v.Type()) != "" && d.derivation(call), false
	case *ssa.Phi:
		none = true
		for _, e := range v.Edges {
			f, n := false, false
			if depth < maxPhis {
				f, n = d.given(e, own, depth+1)
			}
			if !f && !n {
				return false, false
			}
			fresh, none = fresh || f, none && n
		}
		return fresh, none
	case *ssa.UnOp:
		cell, ok := v.X.(*ssa.Alloc) // a named result, or a variable that is captured
		if !ok || depth >= maxPhis {
			return false, false
		}
		none = true
		for _, r := range *cell.Referrers() {
			s, ok := r.(*ssa.Store)
			if !ok {
				continue
			}
			f, n := d.given(s.Val, own, depth+1)
			if !f && !n {
				return false, false
			}
			fresh, none = fresh || f, none && n
		}
		return fresh, none
	}
	return false, false
}
