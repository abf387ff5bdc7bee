package lockset

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Objects made by a callee: what a constructor keeps of its arguments in the
// fields of what it returns is found there by the caller. Must: the only object
// the function ever returns, with fields that get one value.

// Made is the object a function makes and returns.
type Made struct {
	Fields map[string]string // by step: the portable path of what is kept
}

// mayMake reports whether the first result of a function can be an object with
// fields.
func mayMake(fn *ssa.Function) bool {
	res := fn.Signature.Results()
	if res.Len() == 0 {
		return false
	}
	t := res.At(0).Type()
	return pointsToStruct(t) || types.IsInterface(t)
}

// madeObject describes the object that is the first result of a function, if
// it is always the same fresh one.
func (f *frame) madeObject() *Made {
	if !mayMake(f.fn) {
		return nil
	}
	var obj ssa.Value
	for _, b := range f.fn.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok || b == f.fn.Recover {
			continue
		}
		v := ret.Results[0]
		if k, ok := v.(*ssa.Const); ok && k.IsNil() {
			continue // with an error
		}
		p := f.placeOf(v)
		a, ok := p.root.(*ssa.Alloc)
		if !ok || p.steps != "" || obj != nil && obj != ssa.Value(a) {
			return nil
		}
		obj = a
	}
	if obj == nil || !pointsToStruct(obj.Type()) {
		return nil
	}
	base := f.base(obj).key()
	m := &Made{Fields: map[string]string{}}
	for key, val := range f.only {
		step, ok := strings.CutPrefix(key, base)
		if !ok || stepLen(step) != len(step) || step[0] != '.' {
			continue
		}
		if p := f.placeOf(val); p.portable() {
			m.Fields[step] = p.key()
		}
	}
	if len(m.Fields) == 0 {
		return nil
	}
	return m
}

// made is an object made by a call, seen from the caller.
type made struct {
	f      *frame
	target *target
}

// madeBy returns the object that a value is, if a callee made it.
func (f *frame) madeBy(v ssa.Value) *made {
	if x, ok := v.(*ssa.Extract); ok && x.Index == 0 {
		v = x.Tuple
	}
	call, ok := v.(*ssa.Call)
	if !ok || call.Call.StaticCallee() == nil || call.Call.Signature().Results().Len() == 0 {
		return nil
	}
	t := f.pkg.target(call.Call.StaticCallee(), call.Call.Args, nil)
	if t.effects.Made == nil {
		return nil
	}
	return &made{f, t}
}

// content returns what is kept in a field of the object.
func (m *made) content(step string) (place, bool) {
	path := m.target.effects.Made.Fields[step]
	if path == "" {
		return place{}, false
	}
	return m.f.translate(m.target, path)
}

// deref returns what is known to be stored at an address, if that is another
// place: the value of a variable, the field of a fresh object, of an object a
// callee made, or the parent of a child.
func (f *frame) deref(p place) (place, bool) {
	if p.root == nil || p.steps == "" || f.rewritten[p.key()] {
		return place{}, false
	}
	if p.steps[0] != '.' || stepLen(p.steps) != len(p.steps) {
		return f.parentAt(p)
	}
	if m := f.madeBy(p.root); m != nil {
		if at, ok := m.content(p.steps); ok {
			return at, true
		}
	}
	return f.parent(p.root, p.steps[1:])
}
