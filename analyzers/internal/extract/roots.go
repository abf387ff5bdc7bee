package extract

import (
	"go/constant"
	"go/token"
	"go/types"
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

// roots are the functions that make a concurrency object or start a
// goroutine, themselves or through what they use, in the order of their positions.
func (g *graph) roots() []Root {
	var out []Root
	// Tests inside a package whose types library models are about objects that
	// no user of the package can make.
	modelled := library.HasLayouts(ownPath(g.p.pkg))
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
		case r.Kind == Plain:
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

// isCount reports whether v is a constant of at most limit.
func isCount(v ssa.Value, limit int64) bool {
	c, ok := v.(*ssa.Const)
	if !ok || c.Value == nil || c.Value.Kind() != constant.Int {
		return false
	}
	n, exact := constant.Int64Val(c.Value)
	return exact && n <= limit
}

// comparesWithZero reports whether b tests v against zero, or against one in
// a way that tells zero apart. A loop's i < n does not.
func comparesWithZero(b *ssa.BinOp, v ssa.Value) bool {
	other := b.Y
	op := b.Op
	if b.Y == v {
		other = b.X
		switch op {
		case token.LSS:
			op = token.GTR
		case token.LEQ:
			op = token.GEQ
		case token.GTR:
			op = token.LSS
		case token.GEQ:
			op = token.LEQ
		}
	}
	switch op {
	case token.LSS, token.GEQ:
		return isCount(other, 1) && !rangeTest(b)
	case token.LEQ, token.GTR, token.EQL, token.NEQ:
		return isCount(other, 0) && !rangeTest(b)
	}
	return false
}

// rangeTest reports whether b is the test before a range over an integer.
func rangeTest(b *ssa.BinOp) bool {
	return !b.Pos().IsValid()
}
