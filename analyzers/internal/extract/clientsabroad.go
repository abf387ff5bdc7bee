package extract

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Who else than clients works on the objects of a type, and what such work is.

// reached are the functions that clients reach through the makers and the methods.
func (g *graph) reached(c *clientType) map[*ssa.Function]bool {
	reached := map[*ssa.Function]bool{}
	work := clientEntries([]*clientType{c})
	for len(work) > 0 {
		fn := work[len(work)-1]
		work = work[:len(work)-1]
		if n := g.info[fn]; n != nil && !reached[fn] {
			reached[fn] = true
			work = append(work, n.uses...)
		}
	}
	return reached
}

// synchronized reports whether the functions do anything about concurrency
// themselves. The objects of a type that does nothing are for one user at a time.
func (g *graph) synchronized(fns map[*ssa.Function]bool) bool {
	for fn := range fns {
		if g.acts(fn) {
			return true
		}
	}
	return false
}

func (g *graph) synchronizes(in ssa.Instruction) bool {
	if waits(in) {
		return true
	}
	switch v := in.(type) {
	case *ssa.Send, *ssa.Select, *ssa.Go:
		return true
	case ssa.CallInstruction:
		switch f := v.Common().Value.(type) {
		case *ssa.Builtin:
			return f.Name() == "close"
		case *ssa.Function:
			obj, ok := f.Object().(*types.Func)
			return ok && obj.Pkg() != nil && (obj.Pkg().Path() == "sync" || obj.Pkg().Path() == "sync/atomic")
		}
	}
	return false
}

// foreign reports whether a function that clients do not reach can touch what
// the objects keep for themselves: clients are not all that can help them then.
func (g *graph) foreign(c *clientType, reached map[*ssa.Function]bool) bool {
	for _, fn := range g.funcs {
		if !reached[fn] && !g.testFunc(fn) && !g.info[fn].wrapper && g.touches(fn, c.named) {
			return true
		}
	}
	return false
}

// worksAbroad reports whether a type has a promoted method of another package
// that starts goroutines, as a supervisor does that runs what it was given.
func (g *graph) worksAbroad(named *types.Named) bool {
	set := g.p.prog.MethodSets.MethodSet(types.NewPointer(named))
	for i := range set.Len() {
		obj, ok := set.At(i).Obj().(*types.Func)
		if !ok || obj.Pkg() == nil || obj.Pkg() == g.p.pkg || types.IsInterface(obj.Signature().Recv().Type()) {
			continue
		}
		if a := g.p.imp.archive(obj.Pkg().Path()); a != nil && a.Exports()[obj.Origin().FullName()]&(skeleton.Makes|skeleton.Unknown) != 0 {
			return true
		}
	}
	return false
}

// touches reports whether a function reads an unexported field that leads to
// channels, or calls an unexported method.
func (g *graph) touches(fn *ssa.Function, named *types.Named) bool {
	st := named.Underlying().(*types.Struct)
	own := func(x ssa.Value, i int) bool {
		return types.Identical(deref(x.Type()), named) && !st.Field(i).Exported() && g.helps(st.Field(i).Type(), map[types.Type]bool{})
	}
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			switch v := in.(type) {
			case *ssa.FieldAddr:
				if own(v.X, v.Field) {
					return true
				}
			case *ssa.Field:
				if own(v.X, v.Field) {
					return true
				}
			case ssa.CallInstruction:
				f := v.Common().StaticCallee()
				if f == nil || f.Signature.Recv() == nil || g.info[f] == nil || !types.Identical(deref(f.Signature.Recv().Type()), named) {
					continue
				}
				if obj, ok := f.Object().(*types.Func); ok && !obj.Exported() && g.info[f].reaches {
					return true
				}
			}
		}
	}
	return false
}

// helps reports whether a type leads to something by which goroutines help one
// another: channels, functions, conditions, wait groups.
func (g *graph) helps(t types.Type, seen map[types.Type]bool) bool {
	t = types.Unalias(t)
	if seen[t] {
		return false
	}
	seen[t] = true
	switch typeName(t) {
	case "sync.Cond", "sync.WaitGroup":
		return true
	}
	if n, ok := t.(*types.Named); ok && n.Obj().Pkg() != g.p.pkg {
		return false
	}
	switch u := t.Underlying().(type) {
	case *types.Chan, *types.Signature:
		return true
	case *types.Pointer:
		return g.helps(u.Elem(), seen)
	case *types.Slice:
		return g.helps(u.Elem(), seen)
	case *types.Array:
		return g.helps(u.Elem(), seen)
	case *types.Map:
		return g.helps(u.Elem(), seen)
	case *types.Struct:
		for f := range u.Fields() {
			if g.helps(f.Type(), seen) {
				return true
			}
		}
	}
	return false
}
