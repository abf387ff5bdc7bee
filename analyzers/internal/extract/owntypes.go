package extract

import (
	"go/types"
	"slices"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Which types may hold what the package made: by way of fields and elements, of
// what is behind an interface, and of what code of others may put there.

// answer is what typ found, and how much was collected then: more can only
// turn a no into a yes.
type answer struct {
	holds     bool
	collected int
}

// typ reports whether a value of type t may hold an object that the package made.
func (o *own) typ(t types.Type) bool {
	t = o.canon(t)
	n := o.collected()
	if a, ok := o.holds[t]; ok && (a.holds || o.sealed || a.collected == n) {
		return a.holds
	}
	h := o.p.modes.canHold(t) && o.search(t, map[string]bool{})
	o.holds[t] = answer{h, n}
	return h
}

// collected counts what answers of typ depend on.
func (o *own) collected() int {
	return len(o.made) + len(o.order) + len(o.acting) + o.takings + len(o.foreign) + len(o.modelFuncs) + len(o.given)
}

// implementers are the boxed types that implement an interface, of those that
// were looked at.
type implementers struct {
	types  []types.Type
	looked int
}

func (o *own) implementing(t types.Type, u *types.Interface) []types.Type {
	im := o.impls[t]
	if im == nil {
		im = &implementers{}
		o.impls[t] = im
	}
	for ; im.looked < len(o.order); im.looked++ {
		if b := o.order[im.looked]; implements(b, u) {
			im.types = append(im.types, b)
		}
	}
	return im.types
}

func (o *own) search(t types.Type, seen map[string]bool) bool {
	t = types.Unalias(t)
	k := o.key(t)
	if seen[k] || !o.p.modes.canHold(t) {
		return false
	}
	seen[k] = true
	if l, _, ok := o.p.lay.modelled(t); ok {
		return !passive[l]
	}
	switch u := t.Underlying().(type) {
	case *types.Chan:
		return o.all || o.made["chan "+o.key(u.Elem())] || o.fromLibrary(u)
	case *types.Signature:
		if o.all || o.likeModels(u) || o.given[o.sigKey(u)] {
			return true
		}
		for _, fn := range o.taken[o.sigKey(u)] {
			if o.captures(fn, seen) {
				return true
			}
		}
		return false
	case *types.Interface:
		if o.all {
			return true
		}
		for _, b := range o.implementing(t, u) {
			if o.p.modes.canHold(b) && !seen[o.key(b)] && o.search(b, seen) {
				return true
			}
		}
		return o.foreignIn(t)
	case *types.TypeParam:
		return true
	case *types.Basic:
		return u.Kind() == types.UnsafePointer
	case *types.Pointer:
		// A pointer to what the package never makes points into the environment.
		e := types.Unalias(u.Elem())
		_, _, lib := o.p.lay.modelled(e)
		return (lib || o.all || o.made[o.key(e)]) && o.search(e, seen)
	case *types.Slice:
		return o.search(u.Elem(), seen)
	case *types.Array:
		return o.search(u.Elem(), seen)
	case *types.Map:
		return (o.all || o.made[k]) && (o.search(u.Key(), seen) || o.search(u.Elem(), seen))
	case *types.Struct:
		for i := range u.NumFields() {
			if o.search(u.Field(i).Type(), seen) {
				return true
			}
		}
	}
	return false
}

// foreignIn reports whether an interface may hold what another package has made.
func (o *own) foreignIn(iface types.Type) bool {
	if len(o.foreign) == 0 {
		return false
	}
	s := o.p.shape("", iface)
	return slices.ContainsFunc(o.foreign, func(d *skeleton.Shape) bool { return d.Implements(&s) })
}

// receives notes what a function of another package can have made that the
// package gets: by its results, through its arguments, as arguments of the
// functions it calls. What is behind the package's own types it cannot reach.
func (o *own) receives(sig *types.Signature) {
	if o.got[sig] {
		return
	}
	o.got[sig] = true
	var visit func(types.Type)
	visit = func(t types.Type) {
		t = types.Unalias(t)
		if o.gotten[t] || !o.p.modes.canHold(t) {
			return
		}
		o.gotten[t] = true
		n, ok := t.(*types.Named)
		if _, _, modelled := o.p.lay.modelled(t); ok && (n.Obj().Pkg() == o.p.pkg || modelled) {
			return
		}
		switch u := t.Underlying().(type) {
		case *types.Chan:
			o.makes(t)
			visit(u.Elem())
		case *types.Map:
			o.makes(t)
			visit(u.Key())
			visit(u.Elem())
		case *types.Pointer:
			o.makes(u.Elem())
			visit(u.Elem())
		case *types.Slice:
			o.makes(u.Elem())
			visit(u.Elem())
		case *types.Array:
			visit(u.Elem())
		case *types.Struct:
			for f := range u.Fields() {
				visit(f.Type())
			}
		case *types.Signature:
			for v := range u.Params().Variables() {
				visit(v.Type())
			}
			for v := range u.Results().Variables() {
				visit(v.Type())
			}
		}
	}
	if r := sig.Recv(); r != nil {
		visit(r.Type())
	}
	visit(types.NewSignatureType(nil, nil, nil, sig.Params(), sig.Results(), sig.Variadic()))
	o.receivesFuncs(sig)
}

// receivesFuncs notes the function values that a function of another package
// makes of what it is given: an option, say, that keeps a clock.
func (o *own) receivesFuncs(sig *types.Signature) {
	keeps := false
	for v := range sig.Params().Variables() {
		keeps = keeps || o.p.modes.canHold(v.Type())
	}
	for v := range sig.Results().Variables() {
		if f, ok := v.Type().Underlying().(*types.Signature); ok && keeps {
			o.given[o.sigKey(f)] = true
		}
	}
}

// likeModels reports whether a function of this signature may be one that a
// model has made.
func (o *own) likeModels(sig *types.Signature) bool {
	if len(o.modelFuncs) == 0 {
		return false
	}
	var s shape
	for v := range sig.Params().Variables() {
		s.params = append(s.params, o.p.lay.of(v.Type()))
	}
	for v := range sig.Results().Variables() {
		s.results = append(s.results, o.p.lay.of(v.Type()))
	}
	return slices.ContainsFunc(o.modelFuncs, func(m shape) bool { return m.matches(s) })
}

// fromLibrary reports whether models of the library make channels of this element.
func (o *own) fromLibrary(c *types.Chan) bool {
	if s, ok := c.Elem().Underlying().(*types.Struct); ok && s.NumFields() == 0 {
		return true
	}
	switch typeName(c.Elem()) {
	case "time.Time", "os.Signal", "golang.org/x/sync/singleflight.Result":
		return true
	}
	return false
}
