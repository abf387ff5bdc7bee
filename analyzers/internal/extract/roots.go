package extract

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/library"
	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Kind tells what calls a root.
type Kind int

// The kinds of root, in the order of explore.RootKind.
const (
	Plain Kind = iota
	Main       // the process ends when it returns
	Init
	Test
	Client // the root keeps an object that clients use, and may go on using it
)

// Root is a function from which exploration starts.
type Root struct {
	Func      string
	Kind      Kind
	Pos       token.Pos
	Secondary bool // unexported and called by others: of interest only where no other root enters it
	Guarded   bool // its panics are caught above it

	fn *ssa.Function
}

// InMain reports whether a function is a root of kind Main.
func (p *Package) InMain(fn string) bool {
	return slices.ContainsFunc(p.Roots, func(r Root) bool { return r.Kind == Main && r.Func == fn })
}

// roots are the functions that make a concurrency object or start a
// goroutine, themselves or through what they use, in the order of their positions.
func (g *graph) roots() []Root {
	var out []Root
	// Tests inside a package whose types library models are about objects that
	// no user of the package can make.
	modelled := library.HasLayouts(ownPath(g.p.pkg))
	g.findInMain()
	for _, fn := range g.funcs {
		n := g.info[fn]
		if !n.reaches || n.wrapper && fn.Synthetic != "package initializer" {
			continue
		}
		if fn.Syntax() == nil && fn.Synthetic != "package initializer" || strings.HasPrefix(fn.Synthetic, "range-over-func") {
			continue
		}
		if g.p.resolve(fn).model != nil || modelled && g.testFunc(fn) {
			continue // library knows better
		}
		r := Root{fn: fn, Pos: fn.Pos(), Kind: g.kind(fn)}
		switch {
		case fn.Parent() != nil:
			r.Secondary = !n.leaves
		case r.Kind == Plain || g.inMain[fn]:
			r.Secondary = !g.entry(n)
		}
		out = append(out, r)
	}
	return out
}

// entry reports whether others than the package's own calls may enter the function.
func (g *graph) entry(n *node) bool {
	obj, ok := n.fn.Object().(*types.Func)
	if !ok {
		return true
	}
	if n.instance {
		return false
	}
	// Nobody imports a command: its exported functions have the callers in sight.
	return obj.Exported() && g.p.pkg.Name() != "main" || n.taken || len(n.calls) == 0
}

func (g *graph) kind(fn *ssa.Function) Kind {
	if outer := outermost(fn); outer != fn && outer.Synthetic == "package initializer" {
		return Init
	}
	if ofTest(fn) {
		return Test
	}
	if ofCommand(fn) || g.inMain[fn] {
		return Main
	}
	if fn.Parent() != nil || fn.Signature.Recv() != nil {
		return Plain
	}
	name := fn.Name()
	switch {
	case name == "main" && g.p.pkg.Name() == "main":
		return Main
	case name == "init" || strings.HasPrefix(name, "init#"):
		return Init
	}
	if !g.testFunc(fn) {
		return Plain
	}
	if strings.HasPrefix(name, "Example") || name == "TestMain" {
		return Test
	}
	return Plain
}

// ofTest reports whether a function is a test, or a part of one: it is told which
// test runs.
func ofTest(fn *ssa.Function) bool {
	for v := range fn.Signature.Params().Variables() {
		switch typeName(deref(v.Type())) {
		case "testing.T", "testing.B", "testing.F", "testing.TB":
			return true
		}
	}
	return false
}

// testRoot adds what calls a test as package testing does, if it is one that gets a T.
func (p *program) testRoot(fn *ssa.Function) string {
	name := p.ref(fn)
	if fn.Parent() != nil || len(fn.Params) != 1 || typeName(deref(fn.Params[0].Type())) != "testing.T" {
		return name
	}
	p.addModel(library.TestRunner)
	root := "library.test:" + name
	p.out.Funcs[root] = &skeleton.Func{
		Name: root, Recover: -1, Short: shortName(fn), Library: true, Pos: p.pos(fn.Pos()),
		Blocks: [][]skeleton.Instr{{
			{Op: skeleton.Call, Dst: skeleton.NoReg, Args: []skeleton.Arg{skeleton.Fn(library.TestRunner), skeleton.Fn(name)}, Pos: p.pos(fn.Pos())},
			{Op: skeleton.Return, Dst: skeleton.NoReg},
		}},
	}
	return root
}

// countParams finds the integer parameters that may well be zero or less: a
// caller in sight passes such a constant, or the function looks for it.
func (p *program) countParams(g *graph) {
	for _, fn := range g.funcs {
		for i, v := range fn.Params {
			if b, ok := v.Type().Underlying().(*types.Basic); !ok || b.Info()&types.IsInteger == 0 {
				continue
			}
			for _, c := range g.info[fn].calls {
				if args := c.Common().Args; i < len(args) && isCount(args[i], 0) {
					p.counts[v] = true
				}
			}
			for _, r := range *v.Referrers() {
				if b, ok := r.(*ssa.BinOp); ok && comparesWithZero(b, v) {
					p.counts[v] = true
				}
			}
		}
	}
}
