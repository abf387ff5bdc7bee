package extract

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// Which functions a call may lead to. May: function values by where they are kept,
// methods by the types in sight.

// link notes the calls of a function with those that they may call.
func (w *world) link(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			if c, ok := in.(ssa.CallInstruction); ok {
				for _, f := range w.callees(c) {
					w.sites[f] = append(w.sites[f], site{fn: fn, call: c})
				}
				for _, f := range w.callbacks(c) {
					w.sites[f] = append(w.sites[f], site{fn: fn, call: c, callback: true})
				}
				for _, cr := range w.crowdsOf(c) {
					cr.sites = append(cr.sites, site{fn: fn, call: c, callback: true})
					cr.inCode = cr.inCode || !w.g.testFunc(fn)
				}
			}
		}
	}
}

// callees are the functions with a body that a call may enter.
func (w *world) callees(c ssa.CallInstruction) []*ssa.Function {
	com := c.Common()
	t, _ := w.p.callee(com)
	switch {
	case t.model != nil:
		return nil
	case com.IsInvoke():
		return w.byName[com.Method.Name()+" "+w.own.sigKey(com.Method.Signature())]
	case com.StaticCallee() != nil:
		if f := com.StaticCallee(); w.in[f] {
			return []*ssa.Function{f}
		}
		return nil
	}
	if _, isBuiltin := com.Value.(*ssa.Builtin); isBuiltin {
		return nil
	}
	return w.functionsOf(com.Value)
}

// callbacks are the functions with a body that a model of the library, or
// unknown code, may call on behalf of a call of it because it gets them as
// arguments. Those of crowdsOf it may call, too.
func (w *world) callbacks(c ssa.CallInstruction) []*ssa.Function {
	com := c.Common()
	t, _ := w.p.callee(com)
	var out []*ssa.Function
	if t.model == nil {
		if _, isBuiltin := com.Value.(*ssa.Builtin); isBuiltin || t.body {
			return nil
		}
		for _, a := range com.Args {
			switch a.(type) {
			case *ssa.Function, *ssa.MakeClosure:
				out = append(out, w.functionsOf(a)...)
			}
		}
		return out
	}
	if !w.p.summary(t.name).calls {
		return nil
	}
	for _, a := range com.Args {
		out = append(out, w.functionsOf(a)...)
	}
	return out
}

// functionsOf are the functions that a value of function type may be.
func (w *world) functionsOf(v ssa.Value) []*ssa.Function {
	sig, ok := v.Type().Underlying().(*types.Signature)
	if !ok {
		return nil
	}
	switch v := v.(type) {
	case *ssa.Function:
		if w.in[v] {
			return []*ssa.Function{v}
		}
		return nil
	case *ssa.MakeClosure:
		if f := v.Fn.(*ssa.Function); w.in[f] {
			return []*ssa.Function{f}
		}
		return nil
	}
	return w.own.taken[w.own.sigKey(sig)]
}

// mayBe reports whether a value may be a function: one of functionsOf.
func (w *world) mayBe(v ssa.Value, f *ssa.Function) bool {
	switch v := v.(type) {
	case *ssa.Function:
		return v == f && w.in[f]
	case *ssa.MakeClosure:
		return v.Fn == f && w.in[f]
	}
	sig, ok := v.Type().Underlying().(*types.Signature)
	return ok && w.own.took[f] && w.own.sigKey(sig) == w.own.sigKey(f.Signature)
}

// byValue reports whether a call does nothing to the addresses it gets but
// load and store: the library's functions keep none that matter here.
func (w *world) byValue(c ssa.CallInstruction) bool {
	t, _ := w.p.callee(c.Common())
	return t.model != nil && !t.foreign
}
