package extract

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// Where objects come from: predicates on values, without regard to the slice.

// fromChannel reports whether a condition tests the outcome of a channel operation.
func fromChannel(v ssa.Value) bool {
	if b, ok := v.(*ssa.BinOp); ok {
		v = b.X
	}
	e, ok := v.(*ssa.Extract)
	if !ok {
		return false
	}
	_, isSelect := e.Tuple.(*ssa.Select)
	return isSelect && e.Index == 0 || isRecv(e.Tuple) && e.Index == 1
}

// objectOf is the object, made by the same function, that a store writes to.
func objectOf(in ssa.Instruction) ssa.Value {
	switch in := in.(type) {
	case *ssa.Store:
		return madeBy(in.Addr)
	case *ssa.MapUpdate:
		return madeBy(in.Map)
	}
	return nil
}

// madeBy is the object that a value points into if the same function makes it.
// Writing to it is no effect of the function: others see it only through what
// hands it to them.
func madeBy(v ssa.Value) ssa.Value {
	for {
		switch x := v.(type) {
		case *ssa.FieldAddr:
			v = x.X
		case *ssa.IndexAddr:
			v = x.X
		case *ssa.Slice:
			v = x.X
		case *ssa.ChangeType:
			v = x.X
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.Alloc, *ssa.MakeMap, *ssa.MakeSlice:
			return v
		default:
			return nil
		}
	}
}

// freshElement reports whether an address is in a slice that the function has
// made, at once or by appending: writing there is no effect of it either.
func freshElement(addr ssa.Value) bool {
	for {
		switch x := addr.(type) {
		case *ssa.FieldAddr:
			addr = x.X
		case *ssa.IndexAddr:
			if _, ok := x.X.Type().Underlying().(*types.Slice); ok {
				return freshSlice(x.X, map[ssa.Value]bool{})
			}
			addr = x.X
		default:
			return false
		}
	}
}

func freshSlice(v ssa.Value, seen map[ssa.Value]bool) bool {
	if seen[v] {
		return true
	}
	seen[v] = true
	switch v := v.(type) {
	case *ssa.Const, *ssa.MakeSlice:
		return true
	case *ssa.Slice:
		return madeBy(v) != nil || freshSlice(v.X, seen)
	case *ssa.Phi:
		for _, e := range v.Edges {
			if !freshSlice(e, seen) {
				return false
			}
		}
		return true
	case *ssa.Call:
		bi, ok := v.Call.Value.(*ssa.Builtin)
		return ok && bi.Name() == "append" && freshSlice(v.Call.Args[0], seen)
	}
	return false
}
