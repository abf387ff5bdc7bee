package lockset

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Locks that go with what a function gives: it leaves a lock held and gives an object
// in return, such as a transaction, with which the lock is released, or it gives a
// function that locks or releases what it was called with. May: the lock is taken for lost as
// soon as somebody may have done so.

// goesWith returns the call of a function that has left the lock held and given
// an object in return, such as a transaction: whoever ends that may release it.
func (e *entry) goesWith() *ssa.Call {
	call, ok := e.instr.(*ssa.Call)
	if !ok || e.by == nil || e.cur == 0 {
		return nil
	}
	for v := range call.Call.Signature().Results().Variables() {
		switch t := v.Type().Underlying().(type) {
		case *types.Interface:
			if !types.Identical(v.Type(), types.Universe.Lookup("error").Type()) {
				return call
			}
		case *types.Pointer:
			if _, ok := t.Elem().Underlying().(*types.Struct); ok {
				return call
			}
		}
	}
	return nil
}

// isUsed reports whether a call is one of a method of what another call has
// given, or passes it on.
func (f *frame) isUsed(given *ssa.Call, c *ssa.CallCommon) bool {
	if given == nil {
		return false
	}
	from := func(v ssa.Value) bool {
		for depth := 0; depth < maxDepth; depth++ {
			switch x := v.(type) {
			case *ssa.Extract:
				v = x.Tuple
			case *ssa.UnOp:
				if a, ok := x.X.(*ssa.Alloc); ok { // a variable that a closure captures
					return holds(a, func(set ssa.Value) bool { return fromCall(set, given) })
				}
				v = x.X
			case *ssa.FieldAddr:
				v = x.X
			case *ssa.Field:
				v = x.X
			case *ssa.MakeInterface:
				v = x.X
			default:
				return v == ssa.Value(given)
			}
		}
		return false
	}
	if m, ok := c.Value.(*ssa.MakeClosure); ok && slices.ContainsFunc(m.Bindings, func(v ssa.Value) bool { return from(v) || holds(v, from) }) {
		return true
	}
	return c.IsInvoke() && from(c.Value) || slices.ContainsFunc(c.Args, from)
}

// fromCall reports whether a value is one of the results of a call.
func fromCall(v ssa.Value, call *ssa.Call) bool {
	if x, ok := v.(*ssa.Extract); ok {
		v = x.Tuple
	}
	return v == ssa.Value(call)
}

// holds reports whether a variable is ever set to such a value.
func holds(v ssa.Value, such func(ssa.Value) bool) bool {
	a, ok := v.(*ssa.Alloc)
	return ok && slices.ContainsFunc(*a.Referrers(), func(r ssa.Instruction) bool {
		s, ok := r.(*ssa.Store)
		return ok && s.Addr == v && such(s.Val)
	})
}

// loseGiven makes the locks lost that go with an object when a callee gets it that has
// to do with locks at all: what it releases in which case may be more than is known.
func (f *frame) loseGiven(s *state, i ssa.Instruction, t *target) *state {
	c, ok := i.(ssa.CallInstruction)
	if !ok || !t.effects.touches() {
		return s
	}
	for k := range s.entries {
		e := &s.entries[k]
		if given := e.goesWith(); given == nil || e.lost || !f.isUsed(given, c.Common()) {
			continue
		}
		s = s.clone()
		s.entries[k].lost = true
	}
	return s
}

// givenWith returns the places of what a function of another package was called with
// that has given a function, and so on.
func (f *frame) givenWith(v ssa.Value) (places []place) {
	for range maxDepth {
		if x, ok := v.(*ssa.Extract); ok {
			v = x.Tuple
		}
		call, ok := v.(*ssa.Call)
		if !ok || call.Call.IsInvoke() {
			return places
		}
		if fn := call.Call.StaticCallee(); fn != nil && fn.Blocks != nil {
			return places // see returned.go
		}
		for _, a := range call.Call.Args {
			places = append(places, f.placeOf(a))
		}
		v = call.Call.Value
	}
	return places
}

// loseGivenWith makes the locks lost that are in such places.
func (f *frame) loseGivenWith(s *state, c *ssa.CallCommon) {
	for _, p := range f.givenWith(c.Value) {
		for k := range s.entries {
			e := &s.entries[k]
			e.lost = e.lost || p.key() != "" && strings.HasPrefix(f.locks[e.lock].place.key(), p.key())
		}
	}
}
