package copylock

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"
)

// declarations gives the bodies of the package's functions.
type declarations struct {
	info *types.Info
	of   map[*types.Func]*ast.FuncDecl
}

func declarationsOf(pass *analysis.Pass) *declarations {
	d := &declarations{info: pass.TypesInfo, of: map[*types.Func]*ast.FuncDecl{}}
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			if fd, ok := decl.(*ast.FuncDecl); ok {
				if fn, ok := pass.TypesInfo.Defs[fd.Name].(*types.Func); ok {
					d.of[fn] = fd
				}
			}
		}
	}
	return d
}

// callee returns the declaration of the function that call calls, or nil if
// it is dynamic or of another package.
func (d *declarations) callee(call *ast.CallExpr) *ast.FuncDecl {
	fn := typeutil.StaticCallee(d.info, call)
	if fn == nil {
		return nil
	}
	return d.of[fn.Origin()]
}

// mayExclude tells a lock from a type whose methods merely happen to be called
// Lock and Unlock. Two empty methods mark a type for go vet. Otherwise Lock
// excludes others by means of a state that the value itself holds: it hands
// on the address of a part (atomic.CompareAndSwap(&l.held, 0, 1)), or calls a
// method of one. A door whose Lock only assigns excludes nobody, and a value
// that refers to its mutex or channel shares it with its copies. Methods of
// other packages have no body here and are taken for a lock's.
func (d *declarations) mayExclude(lockMethod, unlockMethod *types.Func) bool {
	l, u := d.of[lockMethod.Origin()], d.of[unlockMethod.Origin()]
	if l == nil || l.Body == nil || u == nil || u.Body == nil {
		return true
	}
	if len(l.Body.List) == 0 {
		return len(u.Body.List) == 0
	}
	return d.handsOn(l, maxHelpers)
}

// maxHelpers bounds the chain of methods in which Lock may do its work.
const maxHelpers = 3

// handsOn reports whether a method lets others reach what its receiver holds
// by value.
func (d *declarations) handsOn(method *ast.FuncDecl, helpers int) bool {
	recv := receiver(d.info, method)
	if recv == nil {
		return false
	}
	found := false
	ast.Inspect(method.Body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && !found {
			found = d.passesPart(call, recv, helpers)
		}
		return !found
	})
	return found
}

func (d *declarations) passesPart(call *ast.CallExpr, recv *types.Var, helpers int) bool {
	for _, arg := range call.Args {
		switch arg := ast.Unparen(arg).(type) {
		case *ast.Ident:
			if d.info.Uses[arg] == recv {
				return true
			}
		case *ast.UnaryExpr:
			if arg.Op == token.AND && d.isPart(arg.X, recv) {
				return true
			}
		}
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || !d.isPart(sel.X, recv) {
		return false
	}
	method, ok := d.info.Uses[sel.Sel].(*types.Func)
	if !ok || !hasPointerReceiver(method) {
		return false
	}
	if decl := d.of[method.Origin()]; decl != nil && decl.Body != nil && helpers > 0 {
		return d.handsOn(decl, helpers-1)
	}
	return true
}

// isPart reports whether e is v or a field or array element that v holds by
// value. As a pointer, v stands for what it points to.
func (d *declarations) isPart(e ast.Expr, v *types.Var) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return d.info.Uses[e] == v
	case *ast.StarExpr:
		return d.isPart(e.X, v)
	case *ast.SelectorExpr:
		return !isReference(d.info.TypeOf(e)) && d.isPart(e.X, v)
	case *ast.IndexExpr:
		_, array := d.info.TypeOf(e.X).Underlying().(*types.Array)
		return array && !isReference(d.info.TypeOf(e)) && d.isPart(e.X, v)
	}
	return false
}

func hasPointerReceiver(method *types.Func) bool {
	recv := method.Signature().Recv()
	return recv != nil && isPointer(recv.Type())
}

// receiver returns the receiver variable of a method, or nil.
func receiver(info *types.Info, method *ast.FuncDecl) *types.Var {
	if method.Recv == nil || len(method.Recv.List) == 0 || len(method.Recv.List[0].Names) == 0 {
		return nil
	}
	v, _ := info.Defs[method.Recv.List[0].Names[0]].(*types.Var)
	return v
}

func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}

// isReference reports whether a copy of a value of type t still refers to the
// same state.
func isReference(t types.Type) bool {
	if t == nil {
		return false
	}
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Chan, *types.Signature, *types.Interface, *types.Map, *types.Slice:
		return true
	}
	return false
}

// rootVar returns the variable that an operand starts with: x for x.f,
// (*x).f[i] and x[i:j]. It is nil where the operand starts with a call, a
// literal or the like.
func rootVar(info *types.Info, e ast.Expr) *types.Var {
	for {
		switch x := e.(type) {
		case *ast.Ident:
			v, _ := info.ObjectOf(x).(*types.Var)
			return v
		case *ast.ParenExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.SelectorExpr:
			if _, selection := info.Selections[x]; !selection {
				e = x.Sel
				continue
			}
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.SliceExpr:
			e = x.X
		default:
			return nil
		}
	}
}

// isPackageLevel reports whether v is a variable of the package scope.
func isPackageLevel(v *types.Var) bool {
	return v.Pkg() != nil && v.Parent() == v.Pkg().Scope()
}
