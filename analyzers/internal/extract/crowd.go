package extract

import (
	"fmt"
	"maps"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// crowd are functions that many calls may call alike, behind a model: the
// methods of one name, or what another package may have been handed. To note
// each call for each function takes calls times functions in a large package;
// calls and functions meet in the crowd instead.
type crowd struct {
	funcs  []*ssa.Function
	sites  []site // the calls behind which any of the functions may be called
	inCode bool   // one of them is not in a test
}

// crowdsOf are the functions with a body that a model may call on behalf of a
// call of it, but for the arguments: the methods that it calls on interfaces, and
// the functions that another package may find in what it gets from the call, or
// got from one before. It is asked once all functions of the world are known.
func (w *world) crowdsOf(c ssa.CallInstruction) []*crowd {
	t, _ := w.p.callee(c.Common())
	if t.model == nil {
		return nil
	}
	s := w.p.summary(t.name)
	if !s.calls {
		return nil
	}
	var out []*crowd
	for _, name := range s.methods {
		if methods := w.named[name]; len(methods) > 0 {
			out = append(out, w.crowd(name, func() []*ssa.Function { return methods }))
		}
	}
	if t.foreign && len(s.arities) > 0 {
		out = append(out, w.crowd(fmt.Sprint(s.arities), func() []*ssa.Function { return w.handed(s.arities) }))
	}
	return out
}

// crowd is the crowd of a key: that of its functions, if it is new.
func (w *world) crowd(key string, funcs func() []*ssa.Function) *crowd {
	cr := w.crowds[key]
	if cr == nil {
		cr = &crowd{funcs: funcs()}
		w.crowds[key] = cr
		for _, fn := range cr.funcs {
			w.among[fn] = append(w.among[fn], cr)
		}
	}
	return cr
}

// handed are the functions that have been taken as values and have one of
// these numbers of parameters.
func (w *world) handed(arities []int) []*ssa.Function {
	var out []*ssa.Function
	for _, k := range slices.Sorted(maps.Keys(w.own.taken)) {
		for _, fn := range w.own.taken[k] {
			if slices.Contains(arities, len(fn.Params)) {
				out = append(out, fn)
			}
		}
	}
	return out
}
