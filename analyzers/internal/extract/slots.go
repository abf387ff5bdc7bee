package extract

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Methods that take a slot of a channel and give it back, as those do that limit
// how many calls go on at once, or that use the channel as a lock. A call that
// keeps its slot goes well, and the mistake shows when none is left. A root of its
// own has one client make slotCalls calls, enough for channels with room for one
// less.
//
// May: both operations stand in the method, in its function literals, or in
// functions of the package that it calls, slotDepth levels deep. Operations of
// select statements do not count: they mostly have another way on.

const (
	slotDepth = 2
	slotCalls = 5
)

// takesSlot reports whether a method sends to a channel in a field and receives
// from it.
func takesSlot(method *ssa.Function) bool {
	sent, received := slotsOf(method)
	for f := range sent {
		if received[f] {
			return true
		}
	}
	return false
}

// slotsOf are the channels in fields that a method sends to, and those that it
// receives from.
func slotsOf(method *ssa.Function) (sent, received map[*types.Var]bool) {
	sent, received = map[*types.Var]bool{}, map[*types.Var]bool{}
	seen := map[*ssa.Function]bool{method: true}
	level := []*ssa.Function{method}
	for range slotDepth + 1 {
		var callees []*ssa.Function
		for k := 0; k < len(level); k++ {
			level = append(level, level[k].AnonFuncs...)
			for _, callee := range noteSlots(level[k], sent, received) {
				if !seen[callee] {
					seen[callee] = true
					callees = append(callees, callee)
				}
			}
		}
		level = callees
	}
	return sent, received
}

// noteSlots notes what a function sends to and receives from, and returns the
// functions of the package that it calls.
func noteSlots(fn *ssa.Function, sent, received map[*types.Var]bool) (callees []*ssa.Function) {
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			switch v := in.(type) {
			case *ssa.Send:
				if f := fieldOf(v.Chan); f != nil {
					sent[f] = true
				}
			case *ssa.UnOp:
				if f := fieldOf(v.X); v.Op == token.ARROW && f != nil {
					received[f] = true
				}
			case ssa.CallInstruction:
				if callee := v.Common().StaticCallee(); callee != nil && callee.Pkg == fn.Pkg && callee.Parent() == nil {
					callees = append(callees, callee)
				}
			}
		}
	}
	return callees
}

// fieldOf is the unexported field that a channel was loaded from, nil if it was not.
func fieldOf(ch ssa.Value) *types.Var {
	if part, ok := ch.(*ssa.Field); ok {
		return keptIn(part.X.Type(), part.Field)
	}
	load, ok := ch.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return nil
	}
	a, ok := load.X.(*ssa.FieldAddr)
	if !ok {
		return nil
	}
	return keptIn(deref(a.X.Type()), a.Field)
}

// oftener has one client call a method again and again.
func (b *clientBuilder) oftener(fn *ssa.Function) Clients {
	r := b.turn(nil, slices.Repeat([]*ssa.Function{fn}, slotCalls)...)
	// One after the other, they race for nothing.
	r.Again = b.begins(fn)
	r.Slots = true
	return r
}
