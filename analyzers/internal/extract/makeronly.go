package extract

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// What is of the maker alone: functions of the package that get an object from
// nobody but the function that makes it, as the goroutines that a constructor starts
// do, and the methods that set up a part of it. Who comes by the object later does
// not run them on it.
//
// What it computes: must, over all calls and closures of the package, the greatest
// set of parameters and captured variables that always hold (the address of a part
// of) an object that the function makes which calls or makes the closure, or what is
// in the set itself. Functions that others may enter, that are taken as values or
// that an interface may lead to have no such parameters. It follows local variables
// that are set once, and no results, fields or elements.
//
// Bounds: a package where the set has not come to rest after maxShrinks rounds has
// no such functions; a variable is looked for through maxVariables others and
// functions.
const (
	maxShrinks   = 16
	maxVariables = 4
)

// makerOnly knows such parameters and captured variables; plain ones are reached by
// calls alone: neither goroutines nor closures.
type makerOnly struct {
	*references
	held  map[ssa.Value]bool
	plain bool
}

// references is who makes a closure of a function, and the interfaces that methods
// are called of, by the method's name.
type references struct {
	g        *graph
	closures map[*ssa.Function][]*ssa.MakeClosure
	invoked  map[string][]types.Type
}

func (g *graph) findReferences() *references {
	r := &references{g, map[*ssa.Function][]*ssa.MakeClosure{}, map[string][]types.Type{}}
	for _, fn := range g.funcs {
		for _, b := range fn.Blocks {
			for _, in := range b.Instrs {
				switch in := in.(type) {
				case *ssa.MakeClosure:
					f := in.Fn.(*ssa.Function)
					r.closures[f] = append(r.closures[f], in)
				case ssa.CallInstruction:
					if c := in.Common(); c.IsInvoke() {
						r.invoked[c.Method.Name()] = append(r.invoked[c.Method.Name()], c.Value.Type())
					}
				}
			}
		}
	}
	return r
}

func (r *references) makerOnly(plain bool) *makerOnly {
	m := &makerOnly{r, map[ssa.Value]bool{}, plain}
	for _, fn := range r.g.funcs {
		n := r.g.info[fn]
		for _, v := range fn.Params {
			m.held[v] = isPointerToStruct(v.Type()) && !n.taken && !r.g.entry(n) && !isAmong(fn, r.invoked[fn.Name()])
		}
		for _, v := range fn.FreeVars {
			m.held[v] = !plain && isPointerToStruct(v.Type())
		}
	}
	for range maxShrinks {
		if !m.shrink() {
			return m
		}
	}
	m.held = nil
	return m
}

// isAmong reports whether a function is a method of one of the interfaces.
func isAmong(fn *ssa.Function, ifaces []types.Type) bool {
	recv := fn.Signature.Recv()
	return recv != nil && slices.ContainsFunc(ifaces, func(t types.Type) bool {
		i, ok := t.Underlying().(*types.Interface)
		return !ok || types.Implements(recv.Type(), i) || types.Implements(types.NewPointer(recv.Type()), i)
	})
}

func isPointerToStruct(t types.Type) bool {
	p, ok := t.Underlying().(*types.Pointer)
	if !ok {
		return false
	}
	_, ok = p.Elem().Underlying().(*types.Struct)
	return ok
}

// shrink takes out of the set what may hold other objects, and reports whether it
// found some.
func (m *makerOnly) shrink() bool {
	found := false
	for _, fn := range m.g.funcs {
		for i, v := range fn.Params {
			if m.held[v] && !m.passed(m.g.info[fn].calls, i) {
				m.held[v], found = false, true
			}
		}
		for i, v := range fn.FreeVars {
			if m.held[v] && !m.captured(fn, i, m.holds) {
				m.held[v], found = false, true
			}
		}
	}
	return found
}

func (m *makerOnly) passed(calls []ssa.CallInstruction, i int) bool {
	for _, c := range calls {
		if _, isCall := c.(*ssa.Call); m.plain && !isCall || i >= len(c.Common().Args) || !m.holds(c.Common().Args[i]) {
			return false
		}
	}
	return len(calls) > 0
}

func (m *makerOnly) captured(fn *ssa.Function, i int, holds func(ssa.Value) bool) bool {
	if m.g.info[fn].leaves {
		return false
	}
	for _, mc := range m.closures[fn] {
		if !holds(mc.Bindings[i]) {
			return false
		}
	}
	return len(m.closures[fn]) > 0
}

// holds reports whether a value is the address of a part of an object of the maker.
func (m *makerOnly) holds(v ssa.Value) bool { return m.follow(v, maxVariables) }

func (m *makerOnly) follow(v ssa.Value, variables int) bool {
	for {
		switch x := v.(type) {
		case *ssa.FieldAddr:
			v = x.X
		case *ssa.ChangeType:
			v = x.X
		case *ssa.Alloc:
			return makesFor(x, maxCopies)
		case *ssa.UnOp:
			return x.Op == token.MUL && m.variable(x.X, variables-1)
		default:
			return m.held[v]
		}
	}
}

// variable reports whether a local variable, or one of an outer function, is set
// once, to such a value.
func (m *makerOnly) variable(at ssa.Value, left int) bool {
	if left < 0 {
		return false
	}
	switch at := at.(type) {
	case *ssa.FreeVar:
		fn := at.Parent()
		for i, v := range fn.FreeVars {
			if v == at {
				return !m.plain && m.captured(fn, i, func(b ssa.Value) bool { return m.variable(b, left-1) })
			}
		}
	case *ssa.Alloc:
		if sets := settings(at, nil); len(sets) == 1 {
			return m.follow(sets[0], left)
		}
	}
	return false
}

// settings adds the values that a variable is set to, in closures too; nil twice
// where its address goes elsewhere.
func settings(at ssa.Value, out []ssa.Value) []ssa.Value {
	for _, r := range *at.Referrers() {
		switch r := r.(type) {
		case *ssa.DebugRef, *ssa.UnOp:
		case *ssa.Store:
			out = append(out, r.Val)
			if r.Val == at {
				out = append(out, nil, nil)
			}
		case *ssa.MakeClosure:
			for i, b := range r.Bindings {
				if b == at {
					out = settings(r.Fn.(*ssa.Function).FreeVars[i], out)
				}
			}
		default:
			out = append(out, nil, nil)
		}
	}
	return out
}
