package extract

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Methods that set an object up: the constructor calls them, and they put new
// channels or groups into its fields. Called again, they take away from others what
// these wait for. Whoever does that makes another object of it, and has to know
// that nobody uses the one before.
//
// May: bound setUpDepth calls down from the constructor.

const setUpDepth = 3

// setsUp reports whether a method sets up what a constructor makes.
func setsUp(maker, method *ssa.Function) bool {
	return maker != nil && renews(method) && callsWithin(maker, method, setUpDepth)
}

func callsWithin(fn, callee *ssa.Function, depth int) bool {
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			c, ok := in.(*ssa.Call)
			if !ok {
				continue
			}
			f := c.Call.StaticCallee()
			if f == callee || f != nil && depth > 1 && f.Pkg == fn.Pkg && callsWithin(f, callee, depth-1) {
				return true
			}
		}
	}
	return false
}

// renews reports whether a method puts a channel, or the address of something of
// package sync, into a field of its receiver, whatever was there.
func renews(method *ssa.Function) bool {
	if len(method.Blocks) == 0 || len(method.Params) == 0 {
		return false
	}
	return slices.ContainsFunc(method.Blocks[0].Instrs, func(in ssa.Instruction) bool {
		s, ok := in.(*ssa.Store)
		if !ok {
			return false
		}
		at, ok := s.Addr.(*ssa.FieldAddr)
		if !ok || at.X != ssa.Value(method.Params[0]) {
			return false
		}
		switch t := s.Val.Type().Underlying().(type) {
		case *types.Chan:
			return true
		case *types.Pointer:
			return strings.HasPrefix(typeName(t.Elem()), "sync.")
		}
		return false
	})
}
