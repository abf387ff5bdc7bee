package lockset

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// Methods of interfaces that are those of a lock by another name, as in a store
// whose methods rlock and runlock belong to whatever is behind it.
//
// Must: only the package can implement the interface, each of its types does with
// the method the same thing to a lock of its own and calls nothing else, and
// another method of the interface undoes it. Where one type alone is behind the
// interface its own lock is known, and this is not asked.

// wrapper classifies a method of an interface.
func (p *pkg) wrapper(m *types.Func) op {
	if m == nil || m.Pkg() != p.pass.Pkg || m.Signature().Recv() == nil {
		return opNone
	}
	if o, ok := p.wrappers[m]; ok {
		return o
	}
	o := p.wraps(m)
	if o != opNone && !p.undone(m, o) {
		o = opNone
	}
	p.wrappers[m] = o
	return o
}

func (p *pkg) wraps(m *types.Func) op {
	n, _ := types.Unalias(m.Signature().Recv().Type()).(*types.Named)
	if n == nil || n.Obj().Exported() && !p.hidden(n) {
		return opNone
	}
	behind := p.concrete[n.Origin()]
	if len(behind) < 2 {
		return opNone
	}
	all := opNone
	for _, t := range behind {
		o := onlyLocks(p.method(t, m))
		if o == opNone || all != opNone && o != all {
			return opNone
		}
		all = o
	}
	return all
}

// undone reports whether another method of the interface undoes what one does.
func (p *pkg) undone(m *types.Func, o op) bool {
	i, _ := m.Signature().Recv().Type().Underlying().(*types.Interface)
	if i == nil {
		return false
	}
	for k := range i.NumMethods() {
		other := i.Method(k)
		if other == m {
			continue
		}
		w := p.wraps(other)
		if o.acquires() != 0 && o.acquires() == w.releases() || o.releases() != 0 && o.releases() == w.acquires() {
			return true
		}
	}
	return false
}

// onlyLocks is what a method does to a lock of its receiver, opNone if it does
// anything besides.
func onlyLocks(fn *ssa.Function) op {
	if fn == nil || len(fn.Blocks) != 1 || len(fn.Params) != 1 {
		return opNone
	}
	done := opNone
	for _, i := range fn.Blocks[0].Instrs {
		c, ok := i.(ssa.CallInstruction)
		if !ok {
			continue
		}
		callee := c.Common().StaticCallee()
		if _, ok := i.(*ssa.Call); !ok || callee == nil || done != opNone || len(c.Common().Args) != 1 || !within(c.Common().Args[0], fn.Params[0]) {
			return opNone
		}
		m, _ := callee.Object().(*types.Func)
		if done = syncMethod(m); done.acquires() == 0 && done.releases() == 0 {
			return opNone
		}
	}
	return done
}

// within reports whether an address lies in what a parameter leads to.
func within(v ssa.Value, param *ssa.Parameter) bool {
	for range maxDepth {
		switch x := v.(type) {
		case *ssa.Parameter:
			return x == param
		case *ssa.FieldAddr:
			v = x.X
		case *ssa.UnOp:
			v = x.X
		default:
			return false
		}
	}
	return false
}

// harmless reports whether an interface call runs a method that is known, whichever
// it is, and none of those that it may be releases a lock or calls a function that
// it was given.
func (p *pkg) harmless(c *ssa.CallCommon) bool {
	if !c.IsInvoke() {
		return false
	}
	n, _ := types.Unalias(c.Value.Type()).(*types.Named)
	if n == nil || n.Obj().Pkg() != p.pass.Pkg || !p.hidden(n) || len(p.concrete[n.Origin()]) == 0 {
		return false
	}
	for _, t := range p.concrete[n.Origin()] {
		fn := p.method(t, c.Method)
		if fn == nil {
			return false
		}
		if e := p.effectsOf(fn); len(e.Net) > 0 || len(e.Calls) > 0 {
			return false
		}
	}
	return true
}

// wrapped reports whether an instruction locks or unlocks under another name.
func wrapped(i ssa.Instruction) bool {
	c, ok := i.(ssa.CallInstruction)
	return ok && c.Common().IsInvoke() && syncMethod(c.Common().Method) == opNone
}
