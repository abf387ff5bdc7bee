package lostcancel

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Paths on which an object that owns a context is dropped: it is made, and a
// return that gives an error is reached without that it is ended or goes anywhere,
// while elsewhere in the function it is ended or does. Where it never is, it may
// be meant to live as long as the process.

// dropped finds such a path from a call, nil if there is none.
func dropped(call *ssa.Call, method string) *loss {
	f := &flow{call: call, cancel: map[ssa.Instruction]bool{}, failing: true}
	object := ssa.Value(call)
	if _, ok := call.Type().(*types.Tuple); ok {
		object = nil
		for _, r := range *call.Referrers() {
			switch x, ok := r.(*ssa.Extract); {
			case ok && x.Index == 0:
				object = x
			case ok:
				f.err = x
			}
		}
	}
	if object == nil || ownContext(call) {
		return nil
	}
	if !f.goes(object, method) || len(f.cancel) == 0 {
		return nil
	}
	l := f.follow()
	if l == nil || l.again {
		return nil
	}
	l.lit = call.Parent().Parent() != nil
	return l
}

// ownContext reports whether a context that the caller itself has derived is
// among the arguments: it may end the object with that.
func ownContext(call *ssa.Call) bool {
	for _, a := range call.Call.Args {
		switch a := a.(type) {
		case *ssa.Parameter, *ssa.FreeVar:
		case *ssa.Call:
			if callee := a.Call.StaticCallee(); named(a.Type()) == "Context" && (callee == nil || callee.String() != "context.Background" && callee.String() != "context.TODO") {
				return true
			}
		default:
			if named(a.Type()) == "Context" {
				return true
			}
		}
	}
	return false
}

// goes collects where an object is ended or goes elsewhere. It reports false if
// that may be anywhere.
func (f *flow) goes(object ssa.Value, method string) bool {
	for _, r := range *object.Referrers() {
		switch r := r.(type) {
		case *ssa.DebugRef, *ssa.FieldAddr:
		case *ssa.Store:
			if r.Val != object {
				break
			}
			if _, ok := r.Addr.(*ssa.Alloc); ok {
				return false // captured, or its address is taken
			}
			f.cancel[r] = true
		case ssa.CallInstruction:
			c := r.Common()
			callee := c.StaticCallee()
			own := callee != nil && callee.Signature.Recv() != nil && len(c.Args) > 0 && c.Args[0] == object
			for i, a := range c.Args {
				own = own && (i == 0 || a != object)
			}
			_, plain := r.(*ssa.Call)
			if !own || callee.Name() == method || !plain || ends(callee.Name()) {
				f.cancel[r] = true
			}
		default:
			f.cancel[r] = true
		}
	}
	return true
}

func ends(name string) bool { return slices.Contains(endings, name) }

// fails reports whether a return gives an error that is not nil for certain to be none.
func fails(r *ssa.Return) bool {
	if len(r.Results) == 0 {
		return false
	}
	last := r.Results[len(r.Results)-1]
	if !types.Identical(last.Type(), types.Universe.Lookup("error").Type()) {
		return false
	}
	k, ok := last.(*ssa.Const)
	return !ok || !k.IsNil()
}
