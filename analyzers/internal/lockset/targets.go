package lockset

import (
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Which functions a call may run.

// matters reports whether a deferred call may do anything to locks.
func (f *frame) matters(d *ssa.Defer) bool {
	if _, ok := d.Call.Value.(*ssa.Builtin); ok {
		return false
	}
	if o, _ := f.syncCall(&d.Call); o != opNone {
		return o.acquires() != 0 || o.releases() != 0
	}
	if fn, _ := f.funcValue(d.Call.Value); fn != nil || d.Call.IsInvoke() {
		return len(f.targets(&d.Call)) > 0
	}
	return simplePath(f.placeOf(d.Call.Value)) || f.returnedTarget(d.Call.Value, d.Call.Args) != nil
}

// simplePath reports whether a place is a parameter or a captured variable.
func simplePath(p place) bool {
	return p.portable() && !strings.ContainsAny(p.steps, ".[") && !strings.HasPrefix(p.base, "g:")
}

// releasedBy returns the locks that a call releases.
func (f *frame) releasedBy(c *ssa.CallCommon) []int {
	o, recv := f.syncCall(c)
	if o.releases() != 0 {
		return []int{f.lockOf(recv, false)}
	}
	var ls []int
	if o != opNone {
		return nil
	}
	for _, t := range f.targets(c) {
		for _, v := range t.effects.Net {
			for _, d := range v.Delta {
				if d.Need != 0 && d.Cur == 0 || d.Lost {
					if p, ok := f.translate(t, d.Path); ok {
						ls = append(ls, f.lockAt(p, d.Class, false))
					}
				}
			}
		}
	}
	return ls
}

// funcValue follows a function value to a function or closure of this frame.
func (f *frame) funcValue(v ssa.Value) (*ssa.Function, []ssa.Value) {
	for range maxDepth {
		switch x := v.(type) {
		case *ssa.Function:
			return x, nil
		case *ssa.MakeClosure:
			fn, _ := x.Fn.(*ssa.Function)
			return fn, x.Bindings
		case *ssa.ChangeType:
			v = x.X
		case *ssa.UnOp:
			if x.Op != token.MUL {
				return nil, nil
			}
			if c := f.cell(x.X); c != nil {
				v = c
			} else if val := f.only[f.placeOf(x.X).key()]; val != nil {
				v = val
			} else {
				return nil, nil
			}
		default:
			return nil, nil
		}
	}
	return nil, nil
}

// funcTarget makes a target of a function value.
func (f *frame) funcTarget(v ssa.Value, args []ssa.Value) *target {
	fn, bindings := f.funcValue(v)
	if fn == nil {
		return f.returnedTarget(v, args)
	}
	if m := boundMethod(fn); m != nil && len(bindings) == 1 {
		// A method value: its receiver is the first argument.
		if syncMethod(m) != opNone {
			return &target{name: m.Name(), fn: fn, effects: &Effects{}, bindings: bindings, args: args}
		}
		real := fn.Prog.FuncValue(m)
		if real == nil {
			return nil
		}
		return f.pkg.target(real, append([]ssa.Value{bindings[0]}, args...), nil)
	}
	return f.pkg.target(fn, args, bindings)
}

// targets returns the functions with known effects that a call may run.
func (f *frame) targets(c *ssa.CallCommon) []*target {
	if f.calls == nil {
		return f.findTargets(c)
	}
	known, ok := f.calls[c]
	if !ok {
		known = f.findTargets(c)
		f.calls[c] = known
	}
	return known
}

func (f *frame) findTargets(c *ssa.CallCommon) []*target {
	if c.IsInvoke() {
		return f.pkg.dynamicTargets(f, c)
	}
	if t := f.funcTarget(c.Value, c.Args); t != nil {
		if t.effects.empty() {
			return nil
		}
		return []*target{t}
	}
	return nil
}

// method finds the function of a method of a dynamic type.
func (p *pkg) method(t types.Type, m *types.Func) *ssa.Function {
	sel := p.ssa.Prog.MethodSets.MethodSet(t).Lookup(m.Pkg(), m.Name())
	if sel == nil {
		return nil
	}
	fn, _ := sel.Obj().(*types.Func)
	if fn == nil || len(sel.Index()) != 1 {
		return nil // promoted: the receiver is another object
	}
	return p.ssa.Prog.FuncValue(fn.Origin())
}
