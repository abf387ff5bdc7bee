package extract

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// summary is what a model of the library does, for slicing.
type summary struct {
	acts   bool // it does something to a channel, a lock or a goroutine
	calls  bool // it calls what it is given
	ends   bool // it may not return
	writes bool // it stores through its arguments
	makes  bool // it makes a channel or starts a goroutine

	methods []string // that it calls on interfaces
	arities []int    // how many arguments it gives to functions that only their value tells
}

// uses reports whether a function reads one of its parameters: a timer goes off
// whatever its duration.
func (p *program) uses(f *skeleton.Func, param int) bool {
	read, ok := p.params[f]
	if !ok {
		read = make([]bool, len(f.Params))
		note := func(a skeleton.Arg) {
			if a.Kind == skeleton.ArgReg && int(a.N) < len(read) {
				read[a.N] = true
			}
		}
		for _, b := range f.Blocks {
			for i := range b {
				for _, a := range b[i].Args {
					note(a)
				}
				for _, c := range b[i].Cases {
					note(c.Chan)
					note(c.Val)
				}
			}
		}
		p.params[f] = read
	}
	return param >= len(read) || read[param]
}

// modelFuncs are a model and those that it calls.
func (p *program) modelFuncs(name string) []*skeleton.Func {
	var out []*skeleton.Func
	seen := map[string]bool{}
	var visit func(string)
	visit = func(name string) {
		m := p.model(name)
		if m == nil || seen[name] {
			return
		}
		seen[name] = true
		out = append(out, m)
		for _, b := range m.Blocks {
			for i := range b {
				for _, a := range b[i].Args {
					if a.Kind == skeleton.ArgFunc {
						visit(a.S)
					}
				}
			}
		}
	}
	visit(name)
	return out
}

func (p *program) summary(name string) summary {
	if s, ok := p.sums[name]; ok {
		return s
	}
	var s summary
	for _, m := range p.modelFuncs(name) {
		for _, b := range m.Blocks {
			for i := range b {
				switch b[i].Op {
				case skeleton.Send, skeleton.Recv, skeleton.Recv2, skeleton.Select, skeleton.Close, skeleton.Cancel, skeleton.Link,
					skeleton.Mark, skeleton.Lock, skeleton.Unlock, skeleton.RLock, skeleton.RUnlock, skeleton.TryLock, skeleton.TryRLock,
					skeleton.WgAdd, skeleton.WgWait, skeleton.CondAdd, skeleton.CondPark, skeleton.Signal, skeleton.Broadcast,
					skeleton.Spawn, skeleton.Defer, skeleton.Recover, skeleton.EnvChan, skeleton.MakeChan:
					s.acts = true
					s.makes = s.makes || b[i].Op == skeleton.MakeChan || b[i].Op == skeleton.EnvChan || b[i].Op == skeleton.Spawn
				case skeleton.Call:
					if b[i].Method != "" || b[i].Args[0].Kind != skeleton.ArgFunc {
						s.calls = true
						s.acts = s.acts || m.Foreign()
					}
					if n := len(b[i].Args) - 1; b[i].Method == "" && b[i].Args[0].Kind != skeleton.ArgFunc && !slices.Contains(s.arities, n) {
						s.arities = append(s.arities, n)
					}
					if b[i].Method != "" && !slices.Contains(s.methods, b[i].Method) {
						s.methods = append(s.methods, b[i].Method)
					}
				case skeleton.Store, skeleton.MapSet, skeleton.MapDel, skeleton.CopySlice:
					s.writes = true
					s.acts = s.acts || m.Foreign()
				case skeleton.Alloc:
					s.makes = s.makes || m.Foreign() && strings.ContainsAny(b[i].Layout, "wc")
				case skeleton.Havoc:
					if !allNone(b[i].Tag) {
						s.writes = true
						s.acts = s.acts || m.Foreign()
					}
				case skeleton.Exit, skeleton.Goexit, skeleton.Panic:
					s.ends = true
				}
			}
		}
	}
	p.sums[name] = s
	return s
}

// effect of an instruction on what others can see.
type effectKind int

const (
	none   effectKind = iota
	acts              // it is kept wherever it can be reached
	ending            // it may end the path: kept in functions that are kept, and in simple ones
)

// effectOf classifies an instruction by itself; calls of functions with bodies
// have the effects of these.
func (w *world) effectOf(in ssa.Instruction) effectKind {
	switch v := in.(type) {
	case *ssa.Send, *ssa.Select:
		return acts
	case *ssa.UnOp:
		if v.Op == token.ARROW {
			return acts
		}
	case *ssa.Store:
		if !w.mem.isLocal(v.Addr) && w.own.value(v.Val) {
			return acts
		}
	case *ssa.MapUpdate:
		if w.own.value(v.Value) || w.own.value(v.Key) {
			return acts
		}
	case *ssa.Panic:
		if isNoReturn(v) || !isImplicit(v) {
			return ending
		}
	case ssa.CallInstruction:
		return w.callEffect(v)
	}
	return none
}

func (w *world) callEffect(c ssa.CallInstruction) effectKind {
	com := c.Common()
	if bi, ok := com.Value.(*ssa.Builtin); ok {
		switch bi.Name() {
		case "close", "recover":
			return acts
		case "panic":
			return ending
		}
		return none
	}
	t, ok := w.p.callee(com)
	switch {
	case w.p.sleepsInBubble(c, t), w.p.sleepsInTest(c, t):
		return ending
	case t.model != nil:
		s := w.p.summary(t.name)
		switch {
		case s.acts, s.calls && slices.ContainsFunc(com.Args, w.callable):
			return acts
		case s.ends:
			return ending
		}
		return none
	case t.body:
		return none
	case ok && t.ends() != skeleton.Invalid:
		return ending
	case w.mayBeModels(com), w.own.all && foreignCode(com, t):
		return acts
	}
	args := com.Args
	if ok {
		args = arguments(com)
	}
	for i, a := range args {
		if w.own.mode(a, t.mode(i), false) != skeleton.EscapeNone {
			return acts
		}
	}
	return none
}

// foreignCode reports whether a call may be of code that a caller has handed over.
func foreignCode(c *ssa.CallCommon, t target) bool {
	switch {
	case t.known:
		return false
	case c.IsInvoke():
		return c.Method.Pkg() != nil
	}
	return c.StaticCallee() == nil
}

// callable reports whether calling v, or methods of it, may have an effect.
func (w *world) callable(v ssa.Value) bool {
	switch v.Type().Underlying().(type) {
	case *types.Signature, *types.Interface:
		return w.own.value(v)
	}
	return false
}

// isImplicit reports whether a panic is one that go/ssa makes up.
func isImplicit(p *ssa.Panic) bool { return !p.Pos().IsValid() }

// written is an argument of a call through which unknown code may write: to
// the places of a class, or to one place.
type written struct {
	arg   int
	class types.Type // all that values of this type reach
	place string
}

// writes are the arguments of a call through which unknown code may write.
func (w *world) writes(c ssa.CallInstruction) []written {
	com := c.Common()
	if bi, ok := com.Value.(*ssa.Builtin); ok {
		switch bi.Name() {
		case "copy", "clear":
			return []written{{class: com.Args[0].Type()}}
		case "delete":
			return []written{{place: w.mem.mapKey(com.Args[0].Type())}}
		}
		return nil
	}
	t, ok := w.p.callee(com)
	if t.body || t.model != nil && !w.p.summary(t.name).writes {
		return nil
	}
	args := com.Args
	if ok {
		args = arguments(com)
	}
	var out []written
	for i, a := range args {
		if t.inert || t.mode(i) != skeleton.EscapeNone {
			out = w.writable(out, i, a)
		}
	}
	return out
}

// writable adds what can be written through a value.
func (w *world) writable(out []written, arg int, v ssa.Value) []written {
	switch v := v.(type) {
	case *ssa.Const:
		return out
	case *ssa.MakeInterface:
		return w.writable(out, arg, v.X)
	case *ssa.ChangeInterface:
		return w.writable(out, arg, v.X)
	case *ssa.Slice:
		if elems, ok := varargs(v); ok {
			for _, e := range elems {
				out = w.writable(out, arg, e)
			}
			return out
		}
	}
	switch u := v.Type().Underlying().(type) {
	case *types.Basic, *types.Signature, *types.Chan:
		return out
	case *types.Pointer:
		out = append(out, written{arg: arg, place: w.mem.place(v)})
	case *types.Interface:
		if u.NumMethods() > 0 && (types.Identical(v.Type(), errorType) || typeName(v.Type()) == "context.Context") {
			return out
		}
	}
	return append(out, written{arg: arg, class: v.Type()})
}
