package extract

import (
	"go/types"
	"regexp"
	"slices"
	"strconv"

	"golang.org/x/tools/go/ssa"
)

// What is asked twice of the same data gives the same answer: a method out of
// sight whose receiver is plain data, and whose result is, computes it from what
// it is given, as the number of workers from the settings.
//
// What it computes: a name for the answer of a call, which is the same for calls
// of a function that are bound to be the same. May: the method might look at a
// clock or at globals, and is taken not to. Ignored: receivers that are reached
// through pointers, for what these lead to may have changed in between, and
// variables that are set more than once.

// answerOf names what a call answers, "" if another call need not answer the same.
func (b *builder) answerOf(c *ssa.CallCommon) string {
	fn := c.StaticCallee()
	if fn == nil || fn.Signature.Recv() == nil || fn.Signature.Results().Len() != 1 || !isBasic(fn.Signature.Results().At(0).Type()) {
		return ""
	}
	name := fn.RelString(nil)
	for _, a := range c.Args {
		from := sameData(a)
		if from == "" || !isPlain(a.Type()) {
			return ""
		}
		name += " " + from
	}
	return name
}

// sameData names a value that is the same wherever the name is, as long as one
// call of its function lasts; "" if there is none.
func sameData(v ssa.Value) string {
	switch v := v.(type) {
	case *ssa.Const:
		return v.String()
	case *ssa.Parameter:
		return v.Parent().RelString(nil) + "·" + v.Name()
	case *ssa.Field:
		if x := sameData(v.X); x != "" {
			return x + "." + strconv.Itoa(v.Field)
		}
	case *ssa.UnOp:
		return heldAt(v.X)
	}
	return ""
}

// heldAt names what is loaded from a variable that is set once, or from a field of it.
func heldAt(addr ssa.Value) string {
	switch v := addr.(type) {
	case *ssa.Alloc:
		if from := setOnce(v); from != nil {
			return sameData(from)
		}
	case *ssa.FieldAddr:
		if x := heldAt(v.X); x != "" {
			return x + "." + strconv.Itoa(v.Field)
		}
	}
	return ""
}

// setOnce is what a variable is set to that is set as a whole, once, and is only
// loaded from besides; nil if that is not certain.
func setOnce(v *ssa.Alloc) (val ssa.Value) {
	for _, r := range *v.Referrers() {
		if s, ok := r.(*ssa.Store); ok && s.Addr == v && val == nil {
			val = s.Val
			continue
		}
		if !loads(v, r) {
			return nil
		}
	}
	return val
}

// loads reports whether an instruction does no more than load from an address,
// itself or in the literal that it catches it for.
func loads(addr ssa.Value, by ssa.Instruction) bool {
	switch by := by.(type) {
	case *ssa.UnOp, *ssa.DebugRef:
		return true
	case *ssa.FieldAddr:
		return onlyLoaded(by)
	case *ssa.MakeClosure:
		for i, b := range by.Bindings {
			if b == addr && !onlyLoaded(by.Fn.(*ssa.Function).FreeVars[i]) {
				return false
			}
		}
		return true
	}
	return false
}

func onlyLoaded(addr ssa.Value) bool {
	for _, r := range *addr.Referrers() {
		if !loads(addr, r) {
			return false
		}
	}
	return true
}

func isBasic(t types.Type) bool {
	_, ok := t.Underlying().(*types.Basic)
	return ok
}

// isPlain reports whether values of a type are data that nobody else changes.
func isPlain(t types.Type) bool {
	switch t := t.Underlying().(type) {
	case *types.Basic:
		return t.Kind() != types.UnsafePointer
	case *types.Array:
		return isPlain(t.Elem())
	case *types.Slice:
		return isPlain(t.Elem())
	case *types.Struct:
		for f := range t.Fields() {
			if !isPlain(f.Type()) {
				return false
			}
		}
		return true
	}
	return false
}

// listed names the list that a method out of sight of an object gives, "" if it is
// none, or another call need not give as many: the nodes of a cluster are as many
// when they are waited for as when they were started. May, as answerOf is: it is
// taken that an object does not lose or gain while one function looks at it, unless
// that asks in a loop, or the method is named for taking something out.
func (b *builder) listed(c *ssa.CallCommon, v *ssa.Call) string {
	sig := c.Signature()
	if v == nil || sig.Results().Len() != 1 || !isSlice(sig.Results().At(0).Type()) || inCycle(v.Block()) {
		return ""
	}
	method, recv := c.Method, c.Value
	if !c.IsInvoke() {
		fn := c.StaticCallee()
		if fn == nil || sig.Recv() == nil || len(c.Args) != 1 {
			return ""
		}
		method, _ = fn.Object().(*types.Func)
		recv = c.Args[0]
	} else if len(c.Args) > 0 {
		return ""
	}
	from := sameData(recv)
	if method == nil || from == "" || takesOut.MatchString(method.Name()) || !b.p.world.unseen(v) {
		return ""
	}
	return method.FullName() + " " + from
}

// takesOut are the names of methods that give something else each time.
var takesOut = regexp.MustCompile("^(Next|Pop|Take|Read|Recv|Receive|Drain|Dequeue|Poll|Pull|Flush|Collect|Shift|Remove|Clear|Reset|Swap|Fetch|Consume|Pick|Random|Sum|Append|Marshal)")

func isSlice(t types.Type) bool {
	_, ok := t.Underlying().(*types.Slice)
	return ok
}

// inCycle reports whether a block can be reached from itself.
func inCycle(blk *ssa.BasicBlock) bool {
	seen := map[*ssa.BasicBlock]bool{}
	for work := slices.Clone(blk.Succs); len(work) > 0; {
		next := work[0]
		if work = work[1:]; next == blk {
			return true
		}
		if !seen[next] {
			seen[next] = true
			work = append(work, next.Succs...)
		}
	}
	return false
}
