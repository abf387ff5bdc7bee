package lockset

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// Function literals that a function returns: what they lock is locked by who
// calls them, on the objects that the function was given.

// Returned is a function literal among the results of a function.
type Returned struct {
	Result   int
	Bindings []string // the content of what it captured; "" what callers cannot name
	fn       *ssa.Function
}

// returnsLocking reports whether a function literal that locks is among the
// results: its callers need the summary then, if it locks nothing itself, too.
func (p *pkg) returnsLocking(r *ssa.Return) bool {
	touches := false
	for _, v := range r.Results {
		if u, ok := v.(*ssa.UnOp); ok && u.Op == token.MUL {
			if a, ok := u.X.(*ssa.Alloc); ok && isFunc(u.Type()) {
				v = p.cellOf(a).only
			}
		}
		if mc, ok := v.(*ssa.MakeClosure); ok {
			fn, _ := mc.Fn.(*ssa.Function)
			touches = p.funcTouches(fn) || touches
		}
	}
	return touches
}

// returnedFuncs collects the results that are always the same function literal.
func (f *frame) returnedFuncs() []Returned {
	var out []Returned
	results := f.fn.Signature.Results()
	for i := range results.Len() {
		if _, ok := results.At(i).Type().Underlying().(*types.Signature); !ok {
			continue
		}
		if r, ok := f.returnedFunc(i); ok {
			out = append(out, r)
		}
	}
	return out
}

func (f *frame) returnedFunc(i int) (Returned, bool) {
	var lit *ssa.Function
	var bindings []ssa.Value
	for _, x := range f.exits {
		if len(x.ret.Results) <= i {
			return Returned{}, false
		}
		v := x.ret.Results[i]
		if k, ok := v.(*ssa.Const); ok && k.IsNil() {
			continue // with an error
		}
		fn, b := f.funcValue(v)
		if fn == nil || lit != nil && lit != fn || boundMethod(fn) != nil {
			return Returned{}, false
		}
		lit, bindings = fn, b
	}
	if lit == nil || !f.pkg.effectsOf(lit).touches() {
		return Returned{}, false
	}
	r := Returned{Result: i, fn: lit}
	for _, b := range bindings {
		path := ""
		if c := f.cell(b); c != nil {
			if p := f.placeOf(c); p.portable() {
				path = p.key()
			}
		} else if p := f.placeOf(b); p.portable() && p.steps == "" && p.base[0] == 'f' {
			path = p.key() + "*" // captured further out
		}
		r.Bindings = append(r.Bindings, path)
	}
	return r, true
}

// returnedTarget makes a target of a function that a call has returned.
func (f *frame) returnedTarget(v ssa.Value, args []ssa.Value) *target {
	if u, ok := v.(*ssa.UnOp); ok && u.Op == token.MUL {
		if c := f.cell(u.X); c != nil {
			v = c
		}
	}
	i := 0
	if x, ok := v.(*ssa.Extract); ok {
		v, i = x.Tuple, x.Index
	}
	call, ok := v.(*ssa.Call)
	if !ok || call.Call.StaticCallee() == nil {
		return nil
	}
	from := f.pkg.target(call.Call.StaticCallee(), call.Call.Args, nil)
	for _, r := range from.effects.Funcs {
		if r.Result != i || r.fn == nil {
			continue
		}
		t := f.pkg.target(r.fn, args, nil)
		t.bound = make([]place, len(r.Bindings))
		for k, path := range r.Bindings {
			if p, ok := f.translate(from, path); ok {
				t.bound[k] = p
			}
		}
		return t
	}
	return nil
}
