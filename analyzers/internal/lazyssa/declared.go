package lazyssa

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"
)

// Declared returns the functions that variables of a package are declared to be, as in
// var exit = os.Exit. Whether they are set again is not looked at.
func Declared(pkg *ssa.Package) map[*ssa.Global]*ssa.Function {
	declared := map[*ssa.Global]*ssa.Function{}
	begin := pkg.Func("init")
	if begin == nil {
		return declared
	}
	for _, b := range begin.Blocks {
		for _, in := range b.Instrs {
			if s, ok := in.(*ssa.Store); ok {
				g, isGlobal := s.Addr.(*ssa.Global)
				if f, isFunc := s.Val.(*ssa.Function); isGlobal && isFunc {
					declared[g] = f
				}
			}
		}
	}
	return declared
}

// Named is the function, or the variable of a package, that a call names, nil if only a
// value tells.
func Named(c *ssa.CallCommon) types.Object {
	if f := c.StaticCallee(); f != nil {
		return f.Object()
	}
	if load, ok := c.Value.(*ssa.UnOp); ok {
		if g, ok := load.X.(*ssa.Global); ok {
			return g.Object()
		}
	}
	return nil
}

// declaredVars returns the functions that return an error which the package's variables
// are declared to be, of variables that the package never sets again.
func declaredVars(pass *analysis.Pass) map[*types.Var]*types.Func {
	declared := map[*types.Var]*types.Func{}
	for _, file := range pass.Files {
		for _, d := range file.Decls {
			decl, ok := d.(*ast.GenDecl)
			if !ok || decl.Tok != token.VAR {
				continue
			}
			for _, spec := range decl.Specs {
				spec := spec.(*ast.ValueSpec)
				for i, x := range spec.Values {
					v, _ := pass.TypesInfo.Defs[spec.Names[i]].(*types.Var)
					if fn, ok := used(pass, x).(*types.Func); ok && v != nil && fn.Signature().Recv() == nil && onlyError(fn.Signature()) {
						declared[v] = fn
					}
					if len(spec.Values) != len(spec.Names) {
						break
					}
				}
			}
		}
	}
	if len(declared) == 0 {
		return nil
	}
	set := func(x ast.Expr) {
		if v, ok := used(pass, x).(*types.Var); ok {
			delete(declared, v)
		}
	}
	for _, file := range pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				for _, x := range n.Lhs {
					set(x)
				}
			case *ast.UnaryExpr:
				if n.Op == token.AND {
					set(n.X)
				}
			case *ast.RangeStmt:
				set(n.Key)
				set(n.Value)
			}
			return true
		})
	}
	return declared
}

// used is what a name, of this package or another one, stands for.
func used(pass *analysis.Pass, x ast.Expr) types.Object {
	switch x := x.(type) {
	case *ast.ParenExpr:
		return used(pass, x.X)
	case *ast.Ident:
		return pass.TypesInfo.Uses[x]
	case *ast.SelectorExpr:
		return pass.TypesInfo.Uses[x.Sel]
	}
	return nil
}
