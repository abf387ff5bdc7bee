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
// package sync, or nil on other ways, into a field of its receiver, whatever was there.
func renews(method *ssa.Function) bool {
	if len(method.Blocks) == 0 || len(method.Params) == 0 {
		return false
	}
	puts := map[int]map[*ssa.BasicBlock]bool{} // by field, where
	made := map[int]bool{}                     // something but nil
	for _, b := range method.Blocks {
		for _, in := range b.Instrs {
			s, ok := in.(*ssa.Store)
			if !ok {
				continue
			}
			if at, ok := s.Addr.(*ssa.FieldAddr); ok && at.X == ssa.Value(method.Params[0]) && isMeans(s.Val.Type()) {
				if puts[at.Field] == nil {
					puts[at.Field] = map[*ssa.BasicBlock]bool{}
				}
				puts[at.Field][b] = true
				if _, isNil := s.Val.(*ssa.Const); !isNil {
					made[at.Field] = true
				}
			}
		}
	}
	for field, at := range puts {
		if made[field] && !returnsWithout(method.Blocks[0], at, map[*ssa.BasicBlock]bool{}) {
			return true
		}
	}
	return false
}

// isMeans reports whether goroutines wait for each other by a value of a type.
func isMeans(t types.Type) bool {
	switch t := t.Underlying().(type) {
	case *types.Chan:
		return true
	case *types.Pointer:
		return strings.HasPrefix(typeName(t.Elem()), "sync.")
	}
	return false
}

// returnsWithout reports whether control can come from a block to a return without
// passing one of those given.
func returnsWithout(b *ssa.BasicBlock, passing, seen map[*ssa.BasicBlock]bool) bool {
	if passing[b] || seen[b] {
		return false
	}
	seen[b] = true
	if _, returns := b.Instrs[len(b.Instrs)-1].(*ssa.Return); returns && b != b.Parent().Recover {
		return true
	}
	return slices.ContainsFunc(b.Succs, func(next *ssa.BasicBlock) bool { return returnsWithout(next, passing, seen) })
}
