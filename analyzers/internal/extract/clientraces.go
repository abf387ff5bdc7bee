package extract

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// Which methods of an object are not meant to be called at the same time: one
// writes a field, without a lock, that the other reads or writes. May: fields of
// the object itself, in methods and the functions that they call, so many levels
// deep; a function that takes a lock guards all that it and its callees do.

const raceDepth = 3

// fieldUse is what a method does to the fields of the object, unguarded.
type fieldUse struct{ reads, writes map[int]bool }

// races reports whether two methods use a field in a way that is a data race.
func (u fieldUse) races(v fieldUse) bool {
	for i := range u.writes {
		if v.reads[i] || v.writes[i] {
			return true
		}
	}
	for i := range v.writes {
		if u.reads[i] {
			return true
		}
	}
	return false
}

// fieldUseOf collects what a method does to the fields of its receiver.
func (g *graph) fieldUseOf(method *ssa.Function, named *types.Named) fieldUse {
	u := fieldUse{map[int]bool{}, map[int]bool{}}
	g.useFields(method, named, raceDepth, u, map[*ssa.Function]bool{})
	return u
}

func (g *graph) useFields(fn *ssa.Function, named *types.Named, depth int, u fieldUse, seen map[*ssa.Function]bool) {
	if depth == 0 || seen[fn] {
		return
	}
	seen[fn] = true
	if g.guards(fn) {
		g.useGuards(fn, named, u)
		return
	}
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			switch v := in.(type) {
			case *ssa.FieldAddr:
				if types.Identical(deref(v.X.Type()), named) {
					for _, r := range *v.Referrers() {
						switch r := r.(type) {
						case *ssa.Store:
							if r.Addr == ssa.Value(v) {
								u.writes[v.Field] = true
							}
						case *ssa.UnOp:
							u.reads[v.Field] = true
						}
					}
				}
			case *ssa.Call, *ssa.Defer:
				if f := v.(ssa.CallInstruction).Common().StaticCallee(); f != nil && g.info[f] != nil {
					g.useFields(f, named, depth-1, u, seen)
				}
			}
		}
	}
}

// useGuards notes the fields of the object that guard what a function does: who
// assigns one is not meant to do so at the same time.
func (g *graph) useGuards(fn *ssa.Function, named *types.Named, u fieldUse) {
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			if v, ok := in.(*ssa.FieldAddr); ok && types.Identical(deref(v.X.Type()), named) && typeName(deref(v.Type())) == "sync.Once" {
				u.reads[v.Field] = true
			}
		}
	}
}

// guards reports whether a function takes a lock, runs something once, or looks
// at an atomic.
func (g *graph) guards(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			c, ok := in.(ssa.CallInstruction)
			if !ok {
				continue
			}
			if c.Common().IsInvoke() {
				if n := c.Common().Method.Name(); n == "Lock" || n == "RLock" {
					return true
				}
				continue
			}
			f := c.Common().StaticCallee()
			if f == nil {
				continue
			}
			obj, ok := f.Object().(*types.Func)
			if !ok || obj.Pkg() == nil {
				continue
			}
			switch obj.Name() {
			case "Lock", "RLock", "TryLock", "Do", "CompareAndSwap", "Swap", "CompareAndSwapInt32", "CompareAndSwapUint32", "lock":
				return true
			}
		}
	}
	return false
}
