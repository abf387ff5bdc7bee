package lockset

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// Families: which objects a package puts into a field or a container of which
// others, as far as its functions show. (may)

// An insertion is a place where an object is put into a container or field.
type insertion struct {
	fn           *ssa.Function
	owner, child ssa.Value
}

// A family is the objects kept in a container or field of their owners.
type family struct {
	insertions []insertion
	broken     bool // something else is put there
}

// indexFamilies collects what is put into fields and containers in fields, and
// what is assigned to fields that may hold a parent.
func (p *pkg) indexFamilies() {
	p.families = map[string]*family{}
	p.assigned = map[string][]*ssa.Store{}
	for _, fn := range p.fns {
		if p.isTest(fn) {
			continue
		}
		for _, b := range fn.Blocks {
			for _, i := range b.Instrs {
				switch i := i.(type) {
				case *ssa.Store:
					p.indexKept(fn, i)
				case *ssa.MapUpdate:
					if owner, class := p.container(i.Map); owner != nil {
						p.insert(class+"[]", fn, owner, i.Value)
						p.insert(class+"[key]", fn, owner, i.Key)
					}
				}
			}
		}
	}
}

func (p *pkg) familyOf(class string) *family {
	f := p.families[class]
	if f == nil {
		f = &family{}
		p.families[class] = f
	}
	return f
}

func (p *pkg) insert(class string, fn *ssa.Function, owner, child ssa.Value) {
	if pointsToStruct(child.Type()) {
		f := p.familyOf(class)
		f.insertions = append(f.insertions, insertion{fn, owner, child})
	}
}

// indexKept looks at an assignment.
func (p *pkg) indexKept(fn *ssa.Function, s *ssa.Store) {
	switch a := s.Addr.(type) {
	case *ssa.IndexAddr:
		if owner, class := p.container(a.X); owner != nil {
			p.insert(class+"[]", fn, owner, s.Val)
		}
	case *ssa.FieldAddr:
		class := p.fieldClass(a.X, a.Field)
		if class == "" {
			return
		}
		if pointsToStruct(s.Val.Type()) {
			p.assigned[class] = append(p.assigned[class], s)
			p.insert(class, fn, ownerOf(a), s.Val)
			return
		}
		switch s.Val.Type().Underlying().(type) {
		case *types.Slice, *types.Map:
			p.indexContainer(fn, class, ownerOf(a), s.Val, map[ssa.Value]bool{})
		}
	}
}

// indexContainer looks at what a container in a field is replaced by: one made
// on the spot, itself, shorter or with one more element.
func (p *pkg) indexContainer(fn *ssa.Function, class string, owner, v ssa.Value, seen map[ssa.Value]bool) {
	if seen[v] {
		return
	}
	seen[v] = true
	f := p.familyOf(class + "[]")
	switch v := v.(type) {
	case *ssa.MakeSlice, *ssa.MakeMap, *ssa.Const:
		return
	case *ssa.Slice:
		if _, array := v.X.(*ssa.Alloc); array {
			for _, e := range elements(v) {
				p.insert(class+"[]", fn, owner, e)
			}
			return
		}
		if o, c := p.container(v.X); o != nil && c == class {
			return
		}
	case *ssa.Phi:
		for _, e := range v.Edges {
			p.indexContainer(fn, class, owner, e, seen)
		}
		return
	case *ssa.UnOp:
		if o, c := p.container(v); o != nil && c == class {
			return
		}
	case *ssa.Call:
		if b, ok := v.Call.Value.(*ssa.Builtin); ok && b.Name() == "append" {
			p.indexContainer(fn, class, owner, v.Call.Args[0], seen)
			if sl, ok := v.Call.Args[1].(*ssa.Slice); ok {
				p.indexContainer(fn, class, owner, sl, seen)
				return
			}
		}
		if callee := v.Call.StaticCallee(); callee != nil && callee.Pkg != nil || callee != nil && callee.Origin() != nil {
			switch calleeName(callee) {
			case "slices.Delete", "slices.DeleteFunc", "slices.Clone":
				p.indexContainer(fn, class, owner, v.Call.Args[0], seen)
				return
			}
		}
	}
	f.broken = true
}

// elements returns the elements of a slice literal, or of the last arguments of
// a call.
func elements(s *ssa.Slice) []ssa.Value {
	var out []ssa.Value
	for _, r := range *s.X.Referrers() {
		if ia, ok := r.(*ssa.IndexAddr); ok {
			for _, u := range *ia.Referrers() {
				if st, ok := u.(*ssa.Store); ok && st.Addr == ssa.Value(ia) {
					out = append(out, st.Val)
				}
			}
		}
	}
	return out
}

func calleeName(fn *ssa.Function) string {
	if o := fn.Origin(); o != nil {
		fn = o
	}
	if obj := fn.Object(); obj != nil && obj.Pkg() != nil {
		return obj.Pkg().Path() + "." + obj.Name()
	}
	return ""
}

// copies are the functions that return a container with the same elements.
var copies = map[string]bool{"slices.Clone": true, "maps.Clone": true}

func pointsToStruct(t types.Type) bool {
	p, ok := t.Underlying().(*types.Pointer)
	if !ok {
		return false
	}
	_, ok = p.Elem().Underlying().(*types.Struct)
	return ok
}

// ownerOf returns the object that a field belongs to, through fields that are
// structs themselves.
func ownerOf(a *ssa.FieldAddr) ssa.Value {
	for {
		up, ok := a.X.(*ssa.FieldAddr)
		if !ok {
			return a.X
		}
		a = up
	}
}

// container returns the object in a field of which a slice or map is kept, and
// the class of that field.
func (p *pkg) container(v ssa.Value) (owner ssa.Value, class string) {
	switch v := v.(type) {
	case *ssa.UnOp:
		if a, ok := v.X.(*ssa.FieldAddr); ok && v.Op == token.MUL {
			if class := p.fieldClass(a.X, a.Field); class != "" {
				return ownerOf(a), class
			}
		}
	case *ssa.Call: // a copy of it
		if fn := v.Call.StaticCallee(); fn != nil {
			if copies[calleeName(fn)] {
				return p.container(v.Call.Args[0])
			}
		}
	}
	return nil, ""
}

// ownerFrom returns the object in a field or container of which a value was
// found, and the class of that.
func (p *pkg) ownerFrom(v ssa.Value) (owner ssa.Value, class string) {
	elem := func(x ssa.Value) (ssa.Value, string) {
		o, c := p.container(x)
		return o, c + "[]"
	}
	switch v := v.(type) {
	case *ssa.UnOp:
		if v.Op != token.MUL {
			return nil, ""
		}
		switch a := v.X.(type) {
		case *ssa.FieldAddr:
			return ownerOf(a), p.fieldClass(a.X, a.Field)
		case *ssa.IndexAddr:
			return elem(a.X)
		}
	case *ssa.Lookup:
		return elem(v.X)
	case *ssa.Extract:
		switch t := v.Tuple.(type) {
		case *ssa.Lookup:
			return elem(t.X)
		case *ssa.Next:
			r, ok := t.Iter.(*ssa.Range)
			if !ok {
				return nil, ""
			}
			o, c := p.container(r.X)
			if v.Index == 1 {
				return o, c + "[key]"
			}
			return o, c + "[]"
		}
	}
	return nil, ""
}
