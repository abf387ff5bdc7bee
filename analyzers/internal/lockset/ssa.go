package lockset

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/host"
)

// functions lists the functions and function literals of the package in the order
// of the source, generic ones without their instances.
func (p *pkg) functions() []*ssa.Function {
	var fns []*ssa.Function
	var add func(fn *ssa.Function)
	add = func(fn *ssa.Function) {
		fns = append(fns, fn)
		for _, lit := range fn.AnonFuncs {
			add(lit)
		}
	}
	for _, file := range p.pass.Files {
		for _, d := range file.Decls {
			d, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			obj, _ := p.pass.TypesInfo.Defs[d.Name].(*types.Func)
			if obj == nil {
				continue
			}
			if fn := p.ssa.Prog.FuncValue(obj); fn != nil {
				add(fn)
			}
		}
	}
	if init := p.ssa.Func("init"); init != nil { // what package variables start with
		add(init)
	}
	return fns
}

// known reports whether the package is part of the standard library and nobody
// will look at findings in it: the locks of the standard library cannot be held
// by others while they call it, so that it has no facts worth their price.
func known(pass *analysis.Pass) bool {
	return host.GolangciLint.Load() && host.Standard(pass.Fset, pass.Pkg, pass.Files)
}
