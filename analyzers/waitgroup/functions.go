package waitgroup

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"
)

// This file finds the functions that calls and values stand for, and what is
// worth knowing of each before it is walked over.

// called returns the function of the package that a call runs: a literal, a
// variable that only ever holds one literal, a function or a method.
func (b *bodies) called(n *ast.CallExpr) (function, bool) {
	f, ok := b.value(n.Fun)
	if !ok {
		return f, false
	}
	sig, ok := b.info.TypeOf(n.Fun).Underlying().(*types.Signature)
	if !ok {
		return f, false
	}
	if f.lit != nil {
		sig = b.info.TypeOf(f.lit).(*types.Signature)
	} else if fn := typeutil.StaticCallee(b.info, n); fn != nil {
		sig = fn.Origin().Signature() // whose variables the body uses
	}
	for i := range sig.Params().Len() {
		if i < len(n.Args) && !(sig.Variadic() && i == sig.Params().Len()-1) {
			f.params[sig.Params().At(i)] = b.operandOf(n.Args[i])
		}
	}
	return f, true
}

// value returns the function of the package that e is.
func (b *bodies) value(e ast.Expr) (function, bool) {
	f := function{params: map[*types.Var]operand{}}
	switch e := ast.Unparen(e).(type) {
	case *ast.FuncLit:
		f.lit, f.body = e, e.Body
		return f, true
	case *ast.IndexExpr: // an instance of a generic function
		return b.value(e.X)
	case *ast.IndexListExpr:
		return b.value(e.X)
	case *ast.Ident:
		switch obj := b.info.Uses[e].(type) {
		case *types.Func:
			return b.declared(f, obj)
		case *types.Var:
			if lit := b.onlyLiteral(obj); lit != nil {
				f.lit, f.body = lit, lit.Body
				return f, true
			}
		}
	case *ast.SelectorExpr:
		fn, ok := b.info.Uses[e.Sel].(*types.Func)
		if !ok {
			return f, false
		}
		if sel := b.info.Selections[e]; sel != nil {
			if sel.Kind() != types.MethodVal {
				return f, false // a method expression
			}
			if recv := fn.Origin().Signature().Recv(); recv != nil {
				f.params[recv] = b.receiver(e)
			}
		}
		return b.declared(f, fn)
	}
	return f, false
}

func (b *bodies) declared(f function, fn *types.Func) (function, bool) {
	decl := b.decls[fn.Origin()]
	if decl == nil {
		return f, false
	}
	f.body = decl.Body
	return f, true
}

// onlyLiteral returns the function literal that is the only value a local
// variable is ever given, or nil.
func (b *bodies) onlyLiteral(v *types.Var) *ast.FuncLit {
	if v.Kind() != types.LocalVar {
		return nil
	}
	if b.literals == nil {
		b.literals = b.localLiterals()
	}
	return b.literals[v]
}

// localLiterals finds the local variables that hold one literal each.
func (b *bodies) localLiterals() map[*types.Var]*ast.FuncLit {
	literals := map[*types.Var]*ast.FuncLit{}
	set := func(lhs, rhs ast.Expr) {
		id, ok := ast.Unparen(lhs).(*ast.Ident)
		if !ok {
			return
		}
		v, ok := b.info.ObjectOf(id).(*types.Var)
		if !ok {
			return
		}
		lit, _ := rhs.(*ast.FuncLit)
		if _, again := literals[v]; again {
			lit = nil
		}
		literals[v] = lit
	}
	for _, file := range b.pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				for i, lhs := range n.Lhs {
					if len(n.Rhs) == len(n.Lhs) {
						set(lhs, n.Rhs[i])
					} else {
						set(lhs, nil)
					}
				}
			case *ast.ValueSpec:
				for i, value := range n.Values {
					set(n.Names[min(i, len(n.Names)-1)], value)
				}
			case *ast.UnaryExpr:
				if n.Op == token.AND {
					set(n.X, nil)
				}
			}
			return true
		})
	}
	return literals
}

// traits tell whether a function of the package, or one that it calls, is
// worth walking over.
type traits struct {
	counts bool // operates on a WaitGroup
	blocks bool // receives, selects or waits
}

// traitsOf is memoized; in a cycle of calls the function at hand adds nothing.
func (b *bodies) traitsOf(body *ast.BlockStmt) traits {
	if t, ok := b.traits[body]; ok {
		return t
	}
	b.traits[body] = traits{}
	var t traits
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectStmt:
			t.blocks = true
		case *ast.UnaryExpr:
			t.blocks = t.blocks || n.Op == token.ARROW
		case *ast.CallExpr:
			if o, ok := b.operation(n); ok {
				t.counts = true
				t.blocks = t.blocks || o.kind == opWait
			} else if fn := typeutil.StaticCallee(b.info, n); fn != nil && b.decls[fn.Origin()] != nil {
				inner := b.traitsOf(b.decls[fn.Origin()].Body)
				t.counts = t.counts || inner.counts
				t.blocks = t.blocks || inner.blocks
			}
		}
		return true
	})
	b.traits[body] = t
	return t
}

// startsGoroutine reports whether a call is one of the methods that run their
// argument in a goroutine of its own.
func (b *bodies) startsGoroutine(n *ast.CallExpr) bool {
	fn, ok := typeutil.Callee(b.info, n).(*types.Func)
	if !ok || fn.Pkg() == nil || fn.Signature().Recv() == nil {
		return false
	}
	switch fn.Pkg().Path() {
	case "sync":
		return fn.Name() == "Go" && isWaitGroupMethod(fn)
	case "golang.org/x/sync/errgroup":
		return fn.Name() == "Go" || fn.Name() == "TryGo"
	}
	return false
}

// waited returns the variables and fields that the package waits for, and
// those whose address it takes, so that others may.
func (b *bodies) waited() map[*types.Var]bool {
	waits := map[*types.Var]bool{}
	add := func(o operand) {
		if o.known() {
			waits[o.last.Origin()] = true
		}
	}
	for _, file := range b.pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if o, ok := b.operation(n); ok && o.kind == opWait {
					add(o.on)
				}
			case *ast.UnaryExpr:
				if n.Op == token.AND {
					add(b.operandOf(n.X))
				}
			}
			return true
		})
	}
	return waits
}
