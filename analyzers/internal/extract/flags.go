package extract

import (
	"go/constant"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Code that runs once in a process because it goes by a flag in a global variable:
// where the flag is not set, it sets it, and nobody in the package ever resets it.
//
// Must, over the functions in sight that are not of tests. Ignored: flags of other
// packages, and those that a counter makes.

// once reports whether an instruction is behind such a flag.
func (w *world) once(in ssa.Instruction) bool {
	b := in.Block()
	for d := b.Idom(); d != nil; d = d.Idom() {
		last, ok := d.Instrs[len(d.Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		flag, unset, sets := flagTested(last.Cond)
		if flag == nil || flag.Object() == nil || flag.Object().Exported() {
			continue
		}
		side := d.Succs[unset]
		if len(side.Preds) != 1 || !side.Dominates(b) || !sets && !setsFlag(side, flag) {
			continue
		}
		if w.g.neverReset(flag) {
			return true
		}
	}
	return false
}

// flagTested returns the global variable that a condition is about, on which side
// of the branch it was not set before, and whether the condition itself sets it.
func flagTested(cond ssa.Value) (flag *ssa.Global, unset int, sets bool) {
	not := 0
	for {
		u, ok := cond.(*ssa.UnOp)
		if !ok || u.Op != token.NOT {
			break
		}
		cond, not = u.X, 1-not
	}
	switch v := cond.(type) {
	case *ssa.UnOp:
		if g, ok := v.X.(*ssa.Global); ok && v.Op == token.MUL {
			return g, 1 - not, false
		}
	case *ssa.Call:
		g, name := flagCall(v)
		switch {
		case g == nil:
		case slices.Contains(swapsIf, name) && isZero(v.Call.Args[1]) && isSet(v.Call.Args[2]):
			return g, not, true
		case name == "(*sync/atomic.Bool).Swap" && isSet(v.Call.Args[1]):
			return g, 1 - not, true
		}
	}
	return nil, 0, false
}

// swapsIf are the functions that set a flag where it is not set.
var swapsIf = []string{
	"(*sync/atomic.Bool).CompareAndSwap", "(*sync/atomic.Int32).CompareAndSwap", "(*sync/atomic.Int64).CompareAndSwap", "(*sync/atomic.Uint32).CompareAndSwap",
	"sync/atomic.CompareAndSwapInt32", "sync/atomic.CompareAndSwapInt64", "sync/atomic.CompareAndSwapUint32",
}

// flagCall returns the global variable whose address is the first argument of a
// call, and the name of the function.
func flagCall(c ssa.CallInstruction) (*ssa.Global, string) {
	fn, args := c.Common().StaticCallee(), c.Common().Args
	if fn == nil || len(args) == 0 {
		return nil, ""
	}
	g, _ := args[0].(*ssa.Global)
	return g, fullName(fn)
}

func isZero(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.Value != nil && constant.Compare(c.Value, token.EQL, zeroLike(c.Value))
}

func isSet(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.Value != nil && !isZero(v)
}

func zeroLike(v constant.Value) constant.Value {
	if v.Kind() == constant.Bool {
		return constant.MakeBool(false)
	}
	return constant.MakeInt64(0)
}

// setsFlag reports whether a flag is set for certain where a branch leads to.
func setsFlag(b *ssa.BasicBlock, flag *ssa.Global) bool {
	return slices.ContainsFunc(b.Instrs, func(in ssa.Instruction) bool {
		s, ok := in.(*ssa.Store)
		return ok && s.Addr == ssa.Value(flag) && isSet(s.Val)
	})
}

// neverReset reports whether a flag only ever gets set.
func (g *graph) neverReset(flag *ssa.Global) bool {
	if kept, ok := g.flags[flag]; ok {
		return kept
	}
	kept := true
	for _, fn := range g.funcs {
		if !kept || g.testFunc(fn) || fn == g.p.in.Pkg.Func("init") {
			continue
		}
		for _, b := range fn.Blocks {
			kept = kept && !slices.ContainsFunc(b.Instrs, func(in ssa.Instruction) bool { return mayReset(in, flag) })
		}
	}
	if g.flags == nil {
		g.flags = map[*ssa.Global]bool{}
	}
	g.flags[flag] = kept
	return kept
}

// mayReset reports whether an instruction does anything to a flag but look at it
// and set it.
func mayReset(in ssa.Instruction, flag *ssa.Global) bool {
	if !slices.ContainsFunc(in.Operands(nil), func(v *ssa.Value) bool { return *v == ssa.Value(flag) }) {
		return false
	}
	switch v := in.(type) {
	case *ssa.DebugRef, *ssa.UnOp:
		return false
	case *ssa.Store:
		return v.Addr != ssa.Value(flag) || !isSet(v.Val)
	case *ssa.Call:
		args := v.Call.Args
		switch g, name := flagCall(v); {
		case g != flag:
		case slices.Contains(swapsIf, name):
			return !isSet(args[2])
		case name == "(*sync/atomic.Bool).Swap", name == "(*sync/atomic.Bool).Store":
			return !isSet(args[1])
		case slices.Contains(loadsFlag, name):
			return false
		}
	}
	return true
}

var loadsFlag = []string{
	"(*sync/atomic.Bool).Load", "(*sync/atomic.Int32).Load", "(*sync/atomic.Int64).Load", "(*sync/atomic.Uint32).Load",
	"sync/atomic.LoadInt32", "sync/atomic.LoadInt64", "sync/atomic.LoadUint32",
}
