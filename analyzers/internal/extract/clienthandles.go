package extract

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Handles: what a method of an object gives its client to go on with, such as the
// channel of a subscription that another method ends, or a connection that has
// methods of its own. Clients with a handle hold the object and the handle, made
// before they begin, in two cells of one variable; they call what takes the handle,
// and any other method of the object. Further calls may ask for more handles.
//
// Bounds: maxHandles methods of a type that give handles. Ignored: handles that
// are values of structs, or come with more than an error.

const maxHandles = 3

// title names a type, and the method that gives the handle, in the names of functions.
func (c *clientType) title() string {
	if c.gives != nil {
		return c.named.Obj().Name() + "." + c.gives.Name() + "()"
	}
	return c.named.Obj().Name()
}

// handlesOf are the types of clients that hold a handle to an object of a type.
func (g *graph) handlesOf(c *clientType) []*clientType {
	var out []*clientType
	for _, fn := range c.methods {
		if len(out) == maxHandles {
			break
		}
		if h := g.handleType(c, fn); h != nil {
			out = append(out, h)
		}
	}
	return out
}

// handleType is the type of clients that hold what a method gives, nil if that is
// no handle, or nobody does anything with it.
func (g *graph) handleType(c *clientType, gives *ssa.Function) *clientType {
	res := gives.Signature.Results()
	if res.Len() == 0 || res.Len() > 2 || res.Len() == 2 && !types.Identical(res.At(1).Type(), errorType) {
		return nil
	}
	h := &clientType{
		named: c.named, makers: c.makers[:min(1, len(c.makers))], gives: gives, gift: returned(gives), getters: []*ssa.Function{gives},
		uses: map[*ssa.Function]fieldUse{}, acts: map[*ssa.Function]bool{},
	}
	if h.gift == nil {
		return nil
	}
	var own []*ssa.Function
	switch t := h.gift.Underlying().(type) {
	case *types.Chan:
	case *types.Pointer:
		n, ok := types.Unalias(t.Elem()).(*types.Named)
		if !ok || n == c.named || n.Obj().Pkg() != g.p.pkg || n.TypeArgs().Len() > 0 {
			return nil
		}
		if _, ok := n.Underlying().(*types.Struct); !ok {
			return nil
		}
		h.handle = n
		own = g.exportedMethods(n)
	default:
		return nil
	}
	for _, fn := range c.methods {
		switch {
		case fn == gives:
		case h.first == nil && beginsBy(fn, c.starters):
			h.first = fn
		default:
			h.methods = append(h.methods, fn)
		}
	}
	h.methods = append(h.methods, own...)
	if !slices.ContainsFunc(h.methods, h.usesHandle) || h.handle != nil && !slices.ContainsFunc(append(own, gives), g.concerns) && !slices.ContainsFunc(own, g.acts) {
		return nil
	}
	reached := g.reached(h)
	h.foreign = g.foreign(h, reached) || g.worksAbroad(c.named)
	if h.handle != nil {
		h.foreign = h.foreign || g.foreign(&clientType{named: h.handle}, reached) || g.worksAbroad(h.handle)
	}
	for _, fn := range h.methods {
		h.uses[fn] = g.fieldUseOf(fn, c.named)
		if h.handle != nil {
			h.uses[fn].add(g.fieldUseOf(fn, h.handle))
		}
		h.acts[fn] = g.acts(fn)
	}
	return h
}

// add takes the uses of the fields of another object's type to those of the first.
func (u fieldUse) add(v fieldUse) {
	for i := range v.reads {
		u.reads["handle"+i] = true
	}
	for i := range v.writes {
		u.writes["handle"+i] = true
	}
}

// usesHandle reports whether a function is a method of the handle, or takes it.
func (c *clientType) usesHandle(fn *ssa.Function) bool {
	return slices.ContainsFunc(slices.Collect(fn.Signature.Params().Variables()), func(v *types.Var) bool { return c.isHandle(v.Type()) }) || c.ofHandle(fn)
}

// ofHandle reports whether a function is a method of the handle.
func (c *clientType) ofHandle(fn *ssa.Function) bool {
	return c.handle != nil && types.Identical(deref(fn.Signature.Recv().Type()), c.handle)
}

// isHandle reports whether a parameter takes the handle: no constant or interface,
// which take anything.
func (c *clientType) isHandle(t types.Type) bool {
	return c.gift != nil && !types.IsInterface(t) && types.AssignableTo(c.gift, t)
}

// withHandle begins the object's work if there is a method that does so, gets the
// handle, and returns the address of both.
func (b *clientBuilder) withHandle(f *clientFunc, o skeleton.Arg) skeleton.Arg {
	if first := b.c.first; first != nil {
		in := b.call(f, first, []skeleton.Arg{o})
		if in.Layout = ""; loops(first) {
			in.Op = skeleton.Spawn
		}
		f.emit(in)
	}
	h, _ := b.result(f, b.c.gives, f.value(b.call(f, b.c.gives, []skeleton.Arg{o})))
	both := f.value(skeleton.Instr{Op: skeleton.Alloc, Layout: "pp", Name: b.c.title()})
	f.emit(skeleton.Instr{Op: skeleton.Store, Layout: "p", Args: []skeleton.Arg{both, o}})
	f.emit(skeleton.Instr{Op: skeleton.Store, Layout: "p", Args: []skeleton.Arg{f.field(both, 1), h}})
	return both
}

// load loads the object and the handle.
func (b *clientBuilder) load(f *clientFunc, both skeleton.Arg) []skeleton.Arg {
	return []skeleton.Arg{f.load(both, "p"), f.load(f.field(both, 1), "p")}
}

// split loads the object and the handle for a call, and returns which of them the
// method is called on.
func (b *clientBuilder) split(f *clientFunc, both skeleton.Arg, fn *ssa.Function) skeleton.Arg {
	b.handle = b.load(f, both)
	if b.c.ofHandle(fn) {
		return b.handle[1]
	}
	return b.handle[0]
}

// handleFor is what a client that holds a handle passes as an argument of a type:
// the handle, or the object.
func (b *clientBuilder) handleFor(t types.Type) (skeleton.Arg, bool) {
	switch {
	case b.handle == nil:
	case b.c.isHandle(t):
		return b.handle[1], true
	case types.Identical(t, types.NewPointer(b.c.named)):
		return b.handle[0], true
	}
	return skeleton.Arg{}, false
}

// handOutBoth gives what others get to see of the object and of the handle to the
// environment: of a channel whatever its type allows.
func (b *clientBuilder) handOutBoth(f *clientFunc, both skeleton.Arg) {
	held := b.load(f, both)
	b.handOutFields(f, held[0], b.c.named)
	if b.c.handle != nil {
		b.handOutFields(f, held[1], b.c.handle)
	} else if mode := b.p.modes.ofType(b.c.gift); mode != skeleton.EscapeNone {
		f.emit(skeleton.Instr{Op: skeleton.Havoc, Tag: string(rune(mode)), Args: held[1:]})
	}
}
