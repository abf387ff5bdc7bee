package lockset

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Groups of goroutines that are not a WaitGroup, or not at first sight: types of
// other packages that start functions with Go and wait for all of them with Wait
// (golang.org/x/sync/errgroup is the best known) or call these Submit and
// StopAndWait, as pools of workers do, and functions of the package that count a
// goroutine in a WaitGroup and call in it what they are given.
//
// May, as the census is: whatever such a group runs is a partner of its Wait.

// The names under which such types start a function, and wait for all.
var (
	groupStarts = []string{"Go", "Submit"}
	groupWaits  = []string{"Wait", "StopAndWait", "StopWait"}
)

// groupMethod classifies a method of a WaitGroup, of a condition, or of a group
// of another package.
func (p *pkg) groupMethod(m *types.Func) op {
	if o := syncMethod(m); o != opNone || m == nil || m.Pkg() == p.pass.Pkg || m.Signature().Recv() == nil {
		return o
	}
	start, wait := slices.Contains(groupStarts, m.Name()), slices.Contains(groupWaits, m.Name())
	if !start && !wait || !p.isGroup(m.Signature().Recv().Type()) {
		return opNone
	}
	if start {
		return opGroupGo
	}
	return opGroupWait
}

// isGroup reports whether t, or what it points to, is a struct of another
// package that has the methods of a group: one that is given a function and
// nothing else, and one that waits.
func (p *pkg) isGroup(t types.Type) bool {
	n := namedOf(t)
	if n == nil || n.Obj().Pkg() == nil || n.Obj().Pkg() == p.pass.Pkg {
		return false
	}
	if is, ok := p.groups[n.Origin()]; ok {
		return is
	}
	_, isStruct := n.Underlying().(*types.Struct)
	is := isStruct && slices.ContainsFunc(groupStarts, func(name string) bool { return startsFunc(method(n, name)) }) &&
		slices.ContainsFunc(groupWaits, func(name string) bool { return method(n, name) != nil })
	p.groups[n.Origin()] = is
	return is
}

// method returns the method of *n with a name, nil if there is none.
func method(n *types.Named, name string) *types.Func {
	o, _, _ := types.LookupFieldOrMethod(types.NewPointer(n), false, n.Obj().Pkg(), name)
	m, _ := o.(*types.Func)
	return m
}

// startsFunc reports whether a method takes one function and nothing else.
func startsFunc(m *types.Func) bool {
	if m == nil || m.Signature().Params().Len() != 1 {
		return false
	}
	_, ok := m.Signature().Params().At(0).Type().Underlying().(*types.Signature)
	return ok
}

// runs returns the functions that a goroutine calls before it comes to its Done,
// where the function that starts it is given them. Only functions that are known
// where they are given count.
func (p *pkg) runs(fn *ssa.Function, done ssa.CallInstruction) []*ssa.Function {
	wrapper := fn.Parent()
	if wrapper == nil {
		return nil
	}
	_, deferred := done.(*ssa.Defer)
	var out []*ssa.Function
	for _, b := range fn.Blocks {
		for _, i := range b.Instrs {
			c, ok := i.(*ssa.Call)
			if !ok || c.Call.IsInvoke() || !deferred && !precedes(c, done) {
				continue
			}
			k := p.paramOf(wrapper, c.Call.Value)
			if k < 0 {
				continue
			}
			for _, at := range p.callers()[wrapper] {
				out = append(out, p.behind(at.Common().Args[k])...)
			}
		}
	}
	return out
}

// paramOf returns which parameter of fn a value in it, or in one of its function
// literals, is, -1 if none.
func (p *pkg) paramOf(fn *ssa.Function, v ssa.Value) int {
	param, ok := p.origin(v).(*ssa.Parameter)
	if !ok {
		return -1
	}
	return slices.Index(fn.Params, param)
}

// behind returns the functions that a call of v runs, as far as they are
// known: v itself, or what v was made from by a function of the package that
// returns a literal which calls what it was given.
func (p *pkg) behind(v ssa.Value) []*ssa.Function {
	if f := p.literal(v); f != nil && len(f.Blocks) > 0 {
		return []*ssa.Function{f}
	}
	c, ok := v.(*ssa.Call)
	if !ok {
		return nil
	}
	adapter := c.Call.StaticCallee()
	if adapter == nil || len(adapter.Blocks) != 1 {
		return nil
	}
	ret, ok := adapter.Blocks[0].Instrs[len(adapter.Blocks[0].Instrs)-1].(*ssa.Return)
	if !ok || len(ret.Results) != 1 {
		return nil
	}
	made, ok := ret.Results[0].(*ssa.MakeClosure)
	if !ok {
		return nil
	}
	var out []*ssa.Function
	for _, b := range made.Fn.(*ssa.Function).Blocks {
		for _, i := range b.Instrs {
			inner, ok := i.(*ssa.Call)
			if !ok || inner.Call.IsInvoke() {
				continue
			}
			if k := p.paramOf(adapter, inner.Call.Value); k >= 0 {
				if f := p.literal(c.Call.Args[k]); f != nil && len(f.Blocks) > 0 {
					out = append(out, f)
				}
			}
		}
	}
	return out
}

// origin follows a value to the variable that it was loaded from, if that is
// only assigned once.
func (p *pkg) origin(v ssa.Value) ssa.Value {
	v = p.captured(v)
	if l, ok := v.(*ssa.UnOp); ok {
		if a, ok := p.captured(l.X).(*ssa.Alloc); ok {
			if c := p.cellOf(a); c.only != nil {
				return c.only
			}
		}
	}
	return v
}

// ownerClass is the type that has a field, of the class of that field.
func ownerClass(class string) string {
	return class[:max(strings.LastIndexByte(class, '.'), 0)]
}
