package lockset

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// Functions kept in fields, slices and maps of an object, and taken from there to
// be called. May: a call of an element of a slice, or of what a loop over a map
// comes to, is one of each function that the package puts there, up to maxKept of
// them; what else is put there does not matter, for those that are known are
// called, too. A field holds one function, so all that is ever kept there has to be
// known.
//
// What is ignored: what is found in a map by its key.

const maxKept = 8

// A keeping is a function that is put where it is kept, by the class of the place.
type keeping struct {
	class     string
	fn, owner ssa.Value
}

// keeps lists the functions that an instruction puts into a field, or into a slice
// or map in one.
func (p *pkg) keeps(i ssa.Instruction) []keeping {
	switch i := i.(type) {
	case *ssa.Store:
		if !isFunc(i.Val.Type()) {
			return nil
		}
		switch a := i.Addr.(type) {
		case *ssa.FieldAddr:
			return []keeping{{p.class(a), i.Val, a.X}}
		case *ssa.IndexAddr:
			if class, owner := p.callbacksIn(a.X); class != "" {
				return []keeping{{class, i.Val, owner}}
			}
		}
	case *ssa.MapUpdate:
		if !isFunc(i.Value.Type()) {
			return nil
		}
		if class, owner := p.callbacksIn(i.Map); class != "" {
			return []keeping{{class, i.Value, owner}}
		}
	case *ssa.Call:
		return p.appends(i)
	}
	return nil
}

// appends lists the functions that a call appends one by one to a slice in a field.
func (p *pkg) appends(c *ssa.Call) (out []keeping) {
	if b, ok := c.Call.Value.(*ssa.Builtin); !ok || b.Name() != "append" || len(c.Call.Args) != 2 {
		return nil
	}
	t, ok := c.Type().Underlying().(*types.Slice)
	if !ok || !isFunc(t.Elem()) {
		return nil
	}
	class, owner := p.callbacksIn(c.Call.Args[0])
	added, ok := c.Call.Args[1].(*ssa.Slice)
	if class == "" || !ok || !p.goesBack(c, class) {
		return nil
	}
	list, ok := added.X.(*ssa.Alloc)
	if !ok {
		return nil
	}
	for _, r := range *list.Referrers() {
		at, ok := r.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		for _, r := range *at.Referrers() {
			if s, ok := r.(*ssa.Store); ok && s.Addr == ssa.Value(at) {
				out = append(out, keeping{class, s.Val, owner})
			}
		}
	}
	return out
}

// goesBack reports whether what append returns is stored where the slice came from.
func (p *pkg) goesBack(c *ssa.Call, class string) bool {
	for _, r := range *c.Referrers() {
		if s, ok := r.(*ssa.Store); ok && elemClass(p.class(s.Addr)+"*") == class {
			return true
		}
	}
	return false
}

// callbacksIn returns the class of the elements of a slice or map in a field, and
// the object whose field it is.
func (p *pkg) callbacksIn(v ssa.Value) (class string, owner ssa.Value) {
	u, ok := v.(*ssa.UnOp)
	if !ok || u.Op != token.MUL {
		return "", nil
	}
	a, ok := u.X.(*ssa.FieldAddr)
	if !ok {
		return "", nil
	}
	return elemClass(p.class(u)), a.X
}

// keptIn returns the functions that a called value may be, as far as the package
// keeps them where it is taken from, and the object it is taken from.
func (p *pkg) keptIn(v ssa.Value) (list []*storedFunc, owner ssa.Value) {
	var class string
	switch v := v.(type) {
	case *ssa.UnOp:
		switch a := v.X.(type) {
		case *ssa.FieldAddr:
			if list = p.funcs[p.class(a)]; len(list) != 1 || list[0].fn == nil {
				return nil, nil
			}
			return list, a.X
		case *ssa.IndexAddr:
			class, owner = p.callbacksIn(a.X)
		}
	case *ssa.Extract:
		if n, ok := v.Tuple.(*ssa.Next); ok {
			if r, ok := n.Iter.(*ssa.Range); ok {
				class, owner = p.callbacksIn(r.X)
			}
		}
	}
	if class == "" {
		return nil, nil
	}
	for _, sf := range p.funcs[class] {
		if sf.fn != nil && len(list) < maxKept {
			list = append(list, sf)
		}
	}
	return list, owner
}

// calledName names a function by where it is kept.
func (f *frame) calledName(v ssa.Value) string {
	if x, ok := v.(*ssa.Extract); ok {
		if n, ok := x.Tuple.(*ssa.Next); ok {
			return f.nameOf(f.placeOf(n.Iter.(*ssa.Range).X), "") + "[…]"
		}
	}
	return f.nameOf(f.placeOf(v), "")
}

func isFunc(t types.Type) bool {
	_, ok := t.Underlying().(*types.Signature)
	return ok
}
