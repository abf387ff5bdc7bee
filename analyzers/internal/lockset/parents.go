package lockset

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Children that know their parent. An object found in a container or field of
// another, in a field of which the package only ever keeps that other, leads back
// to it: for an r out of s.replicas, r.store is s. Must: wherever the package
// puts an object there it has set the field to the owner before, and it assigns
// the field nowhere else, but for nil. Nothing is known where others can do
// either.

// parent resolves the content of a field of a child: its owner.
func (f *frame) parent(child ssa.Value, field string) (place, bool) {
	n := namedOf(child.Type())
	if n == nil || !pointsToStruct(child.Type()) {
		return place{}, false
	}
	owner, class := f.pkg.ownerFrom(child)
	if owner == nil || class == "" {
		return place{}, false
	}
	t := fieldType(child.Type(), field)
	if t == nil || !types.Identical(t, owner.Type()) || !f.pkg.leadsBack(class, n, field) {
		return place{}, false
	}
	return f.placeOf(owner), true
}

// parentAt resolves the content of a field of a child that a path leads to
// through a field or container of its owner.
func (f *frame) parentAt(p place) (place, bool) {
	var steps []string
	for rest := p.steps; rest != ""; {
		n := stepLen(rest)
		steps, rest = append(steps, rest[:n]), rest[n:]
	}
	k := len(steps) - 1
	last := steps[k]
	back := func(prefix string) bool {
		if k > 0 && strings.HasPrefix(steps[k-1], prefix) {
			k--
			return true
		}
		return false
	}
	loaded := back("*")
	elem := back("[")
	if last[0] != '.' || elem && !back("*") || !elem && !loaded {
		return place{}, false
	}
	end := k
	for back(".") {
	}
	if k == end {
		return place{}, false
	}
	owner := place{p.root, p.base, strings.Join(steps[:k], "")}
	at := typeAt(p.root.Type(), steps[:k])
	child := typeAt(p.root.Type(), steps[:len(steps)-1])
	if at == nil || child == nil || !pointsToStruct(at) || !pointsToStruct(child) || namedOf(child) == nil {
		return place{}, false
	}
	field := fieldType(child, last[1:])
	if field == nil || !types.Identical(field, at) {
		return place{}, false
	}
	class := classAt(at, steps[k:end])
	if elem {
		class += "[]"
	}
	if !f.pkg.leadsBack(class, namedOf(child), last[1:]) {
		return place{}, false
	}
	return owner, true
}

// typeAt returns the type of what steps lead to from a value.
func typeAt(t types.Type, steps []string) types.Type {
	for _, s := range steps {
		p, isPointer := t.Underlying().(*types.Pointer)
		switch s[0] {
		case '*':
			if !isPointer {
				return nil
			}
			t = p.Elem()
		case '.':
			ft := fieldType(t, s[1:])
			if ft == nil {
				return nil
			}
			if t = ft; isPointer {
				t = types.NewPointer(ft)
			}
		default:
			switch u := t.Underlying().(type) {
			case *types.Slice:
				t = types.NewPointer(u.Elem())
			case *types.Map:
				t = u.Elem()
			default:
				return nil
			}
		}
	}
	return t
}

// classAt returns the class of the field that a chain of fields leads to from an
// object.
func classAt(owner types.Type, fields []string) string {
	n := namedOf(owner)
	if n == nil {
		return ""
	}
	class, t := typeKey(n), owner
	for _, s := range fields {
		if n := namedOf(t); n != nil {
			class = typeKey(n)
		}
		class += s
		if t = fieldType(t, s[1:]); t == nil {
			return ""
		}
	}
	return class
}

func fieldType(t types.Type, name string) types.Type {
	if s := structOf(t); s != nil {
		for i := range s.NumFields() {
			if s.Field(i).Name() == name {
				return s.Field(i).Type()
			}
		}
	}
	return nil
}

// leadsBack reports whether every object of a family holds its owner in a field.
func (p *pkg) leadsBack(class string, child *types.Named, field string) bool {
	key := class + "|" + field
	if known, ok := p.backs[key]; ok {
		return known
	}
	p.backs[key] = false // in case of a cycle
	p.backs[key] = p.checkFamily(class, child, field)
	return p.backs[key]
}

func (p *pkg) checkFamily(class string, child *types.Named, field string) bool {
	fam := p.families[class]
	fieldClass := typeKey(child) + "." + field
	if fam == nil || fam.broken || len(fam.insertions) == 0 || !p.ours(class) || !p.ours(fieldClass) && ast.IsExported(child.Obj().Name()) {
		return false
	}
	for _, in := range fam.insertions {
		if k, ok := in.child.(*ssa.Const); ok && k.IsNil() {
			continue
		}
		if !p.frameFor(in.fn).knowsParent(in.child, in.owner, field, 0) {
			return false
		}
	}
	for _, s := range p.assigned[fieldClass] {
		if k, ok := s.Val.(*ssa.Const); ok && k.IsNil() {
			continue
		}
		a := s.Addr.(*ssa.FieldAddr)
		if _, fresh := a.X.(*ssa.Alloc); fresh {
			continue
		}
		if !slices.ContainsFunc(fam.insertions, func(in insertion) bool { return in.fn == s.Parent() }) {
			return false
		}
	}
	return true
}

// ours reports whether no other package can assign a field.
func (p *pkg) ours(class string) bool {
	if p.pass.Pkg.Name() == "main" {
		return true
	}
	path, ok := strings.CutPrefix(class, p.pass.Pkg.Path()+".")
	if !ok {
		return false
	}
	for _, part := range strings.Split(strings.TrimRight(path, "[]keyf"), ".") {
		if !ast.IsExported(part) {
			return true
		}
	}
	return false
}

// frameFor returns the words of a function, for looking at its values.
func (p *pkg) frameFor(fn *ssa.Function) *frame {
	f := p.looks[fn]
	if f == nil {
		f = newFrame(p, fn)
		p.looks[fn] = f
	}
	return f
}

// maxAncestry bounds how far a child is followed to the callers that made it.
const maxAncestry = 3

// knowsParent reports whether a field of the child holds the owner for certain.
func (f *frame) knowsParent(child, owner ssa.Value, field string, depth int) bool {
	if c := f.loaded(child); c != nil {
		child = c
	}
	root := f.placeOf(child)
	want := f.placeOf(owner).key()
	for _, b := range f.fn.Blocks {
		for _, i := range b.Instrs {
			s, ok := i.(*ssa.Store)
			if !ok {
				continue
			}
			a, ok := s.Addr.(*ssa.FieldAddr)
			if ok && fieldName(a.X.Type(), a.Field) == field && f.placeOf(a.X).key() == root.key() && f.placeOf(s.Val).key() == want {
				return true
			}
		}
	}
	if m := f.madeBy(root.root); m != nil && root.steps == "" {
		if at, ok := m.content("." + field); ok {
			return at.key() == want
		}
	}
	prm, ok := child.(*ssa.Parameter)
	if !ok || depth >= maxAncestry {
		return false
	}
	calls := f.pkg.callers()[f.fn]
	if len(calls) == 0 || f.pkg.taken[f.fn] || f.pkg.reachable(f.fn) {
		return false
	}
	k, o := slices.Index(f.fn.Params, prm), -1
	if op, ok := owner.(*ssa.Parameter); ok {
		o = slices.Index(f.fn.Params, op)
	}
	if o < 0 {
		return false
	}
	for _, c := range calls {
		args := c.Common().Args
		if k >= len(args) || o >= len(args) || !f.pkg.frameFor(c.Parent()).knowsParent(args[k], args[o], field, depth+1) {
			return false
		}
	}
	return true
}

// loaded returns what a local variable holds that a value was loaded from.
func (f *frame) loaded(v ssa.Value) ssa.Value {
	if u, ok := v.(*ssa.UnOp); ok && u.Op == token.MUL {
		return f.cell(u.X)
	}
	return nil
}
