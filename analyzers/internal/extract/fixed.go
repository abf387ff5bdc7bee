package extract

import (
	"go/types"
	"maps"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/lazyssa"
	"github.com/concheck/concheck/analyzers/internal/library"
	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Flags and numbers that a package keeps in unexported variables and never sets
// again are what they were declared to be. Of a number that is set to what the
// machine has of something, processors say, it is known that there is one. A
// channel that the declaration makes is there: nobody finds nil in its place.
//
// What it computes: must, over all functions of the package: a variable whose
// address goes anywhere but into loads is left out.

// findDeclared finds the variables that are declared to be a function of another
// package: unexported ones that are never set again, and, whoever sets it, what is
// declared to end the process. Tests replace that.
func (p *program) findDeclared(g *graph) {
	p.declared = lazyssa.Declared(p.in.Pkg)
	again := map[*ssa.Global]bool{}
	g.eachGlobal(func(in ssa.Instruction, v *ssa.Global) {
		if st, ok := in.(*ssa.Store); !isRead(in) && !(ok && st.Addr == ssa.Value(v) && initially(st)) {
			again[v] = true
		}
	})
	maps.DeleteFunc(p.declared, func(v *ssa.Global, f *ssa.Function) bool {
		return f.Blocks != nil || v.Object() == nil || (again[v] || v.Object().Exported()) && !library.NoReturn(fullName(f))
	})
}

// findFixed finds such variables.
func (p *program) findFixed(g *graph) {
	stored := map[*ssa.Global][]*ssa.Store{}
	spoilt := map[*ssa.Global]bool{}
	var seen []*ssa.Global
	met := map[*ssa.Global]bool{}
	g.eachGlobal(func(in ssa.Instruction, v *ssa.Global) {
		if v.Pkg != p.in.Pkg || !isFlagOrNumber(v) && !isChannel(v) {
			return
		}
		if !met[v] {
			met[v] = true
			seen = append(seen, v)
		}
		if st, ok := in.(*ssa.Store); ok && st.Addr == ssa.Value(v) {
			stored[v] = append(stored[v], st)
		} else if !isRead(in) {
			spoilt[v] = true
		}
	})
	for _, v := range seen {
		if spoilt[v] || v.Object() == nil || v.Object().Exported() {
			continue
		}
		elem := deref(v.Type())
		p.positive[v] = slices.ContainsFunc(stored[v], initially) && !slices.ContainsFunc(stored[v], func(st *ssa.Store) bool { return !atLeastOne(st.Val, st.Block()) })
		switch {
		case isChannel(v):
			p.channels[v] = len(stored[v]) == 1 && initially(stored[v][0]) && isMakeChan(stored[v][0].Val)
		case len(stored[v]) == 0:
			p.fixed[v] = ssa.NewConst(nil, elem)
		case len(stored[v]) == 1 && initially(stored[v][0]):
			if c, ok := stored[v][0].Val.(*ssa.Const); ok {
				p.fixed[v] = c
			}
		}
	}
}

// initially reports whether a store comes before everything else.
func initially(st *ssa.Store) bool { return st.Parent().Synthetic == "package initializer" }

func isFlagOrNumber(v *ssa.Global) bool {
	b, ok := deref(v.Type()).Underlying().(*types.Basic)
	return ok && b.Info()&(types.IsBoolean|types.IsInteger) != 0
}

func isChannel(v *ssa.Global) bool {
	_, ok := deref(v.Type()).Underlying().(*types.Chan)
	return ok
}

func isMakeChan(v ssa.Value) bool {
	_, ok := v.(*ssa.MakeChan)
	return ok
}

// fixedValue translates the load of a variable of which findFixed knows more.
func (b *builder) fixedValue(v *ssa.UnOp, g *ssa.Global) bool {
	switch c := b.p.fixed[g]; {
	case c != nil:
		b.emit(skeleton.Instr{Op: skeleton.Copy, Dst: b.reg(v), Args: []skeleton.Arg{b.constant(c)}})
	case b.p.positive[g]:
		b.emit(skeleton.Instr{Op: skeleton.Load, Dst: b.reg(v), Args: b.args(g), Layout: "n", Places: b.p.places(g, v.Type()), Pos: b.pos(v.Pos())})
	default:
		return false
	}
	return true
}

// madeAtFirst reports whether what is loaded is a channel that a variable holds from
// the first.
func (p *program) madeAtFirst(v *ssa.UnOp) bool {
	g, ok := v.X.(*ssa.Global)
	return ok && p.channels[g]
}
