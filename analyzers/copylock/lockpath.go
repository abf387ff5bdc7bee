package copylock

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// This file answers whether values of a type hold a lock, and where. It is a
// walk over the type's fields and array elements: pointers, slices, maps,
// channels, functions and interfaces only refer to a lock, so they end the
// walk. For a type parameter any type of its constraint will do.

// maxDepth bounds the walk. Types that hold themselves by value are invalid,
// but a package with type errors may contain them.
const maxDepth = 40

// A lock is what a type holds that must not be copied.
type lock struct {
	path string // from a value of the type to the lock: ".mu", "[i].mu", or "" if it is the lock
	is   string // "is a sync.Mutex", "is marked noCopy"
	noun string // "lock" or "atomic"
	in   string // name of the type that has the path, "" if it has none or is the lock

	// weak tells of an atomic.Value, which may be copied before its first
	// use, and which nothing but its documentation marks.
	weak bool

	// none tells of an array without elements, by which a type asks go vet to
	// report copies: nobody can lock it.
	none bool
}

// cause says which part of the copied value is a lock. The expression is the
// name of the value where its type has none.
func (l *lock) cause(expr string) string {
	subject := l.in
	if subject == "" {
		subject = expr
		if l.path != "" {
			subject = strings.TrimPrefix(subject, "*")
		}
	}
	return subject + l.path + " " + l.is
}

// lockFinder finds the locks in types, each type once.
type lockFinder struct {
	pkg    *types.Package
	bodies *declarations
	known  map[types.Type]*lock
}

func newLockFinder(pass *analysis.Pass, bodies *declarations) *lockFinder {
	return &lockFinder{pkg: pass.Pkg, bodies: bodies, known: map[types.Type]*lock{}}
}

// in returns the first lock that a value of type t holds, or nil. Of a tuple
// (the result of v, ok := m[k]) it is that of the first element with one.
func (f *lockFinder) in(t types.Type) *lock {
	if tuple, ok := t.(*types.Tuple); ok {
		for v := range tuple.Variables() {
			if l := f.in(v.Type()); l != nil {
				return l
			}
		}
		return nil
	}
	if t == nil {
		return nil
	}
	return f.walk(t, nil)
}

// walk finds the lock in t, which the types in up hold by value.
func (f *lockFinder) walk(t types.Type, up []types.Type) *lock {
	if l, ok := f.known[t]; ok {
		return l
	}
	if len(up) > maxDepth || slices.Contains(up, t) {
		return nil
	}
	l := f.search(t, append(up, t))
	if l != nil && l.path != "" {
		l.in = f.name(t)
	}
	f.known[t] = l
	return l
}

// search returns a new lock, or nil.
func (f *lockFinder) search(t types.Type, up []types.Type) *lock {
	switch u := types.Unalias(t).(type) {
	case *types.TypeParam:
		for _, term := range terms(u) {
			if l := f.walk(term, up); l != nil {
				return l.at("")
			}
		}
		return nil
	case *types.Named:
		if l := standardLock(u.Obj()); l != nil {
			return l
		}
	}

	switch u := t.Underlying().(type) {
	case *types.Array:
		if l := f.walk(u.Elem(), up); l != nil {
			l = l.at("[i]")
			l.none = l.none || u.Len() == 0
			return l
		}
	case *types.Struct:
		if isMarker(t) {
			return &lock{is: isMarked, noun: "lock", in: f.name(t)}
		}
		if l := f.field(u, up); l != nil {
			if l.path == "" {
				l.in = f.name(t)
			}
			return l
		}
		if f.isLocker(t) {
			return &lock{is: "is " + withArticle(f.name(t)) + ", which has Lock and Unlock", noun: "lock"}
		}
	}
	return nil
}

// field returns the lock of a struct's first field that holds one. An
// atomic.Value, or what nobody can lock, counts only if there is no other.
func (f *lockFinder) field(s *types.Struct, up []types.Type) *lock {
	var weak *lock
	for field := range s.Fields() {
		l := f.walk(field.Type(), up)
		switch {
		case l == nil:
		case isMarker(field.Type()): // marks the struct
			return l.at("")
		case !l.weak && !l.none:
			return l.at("." + field.Name())
		case weak == nil:
			weak = l.at("." + field.Name())
		}
	}
	return weak
}

// at is the lock as seen from a type that holds l's type as the given part.
func (l *lock) at(part string) *lock {
	outer := *l
	outer.path = part + l.path
	outer.in = ""
	return &outer
}

// name is the type's name as the package would write it, "" if it has none.
func (f *lockFinder) name(t types.Type) string {
	switch types.Unalias(t).(type) {
	case *types.Named, *types.TypeParam:
		return types.TypeString(t, func(p *types.Package) string {
			if p == f.pkg {
				return ""
			}
			return p.Name()
		})
	}
	return ""
}

const isMarked = "is marked noCopy"

// standardLock knows the types of sync and sync/atomic, whose inner parts
// differ from release to release.
func standardLock(obj *types.TypeName) *lock {
	if obj.Pkg() == nil {
		return nil
	}
	switch obj.Pkg().Path() {
	case "sync":
		switch obj.Name() {
		case "Mutex", "RWMutex", "WaitGroup", "Once", "Cond", "Pool", "Map":
			return &lock{is: "is a sync." + obj.Name(), noun: "lock"}
		}
	case "sync/atomic":
		switch obj.Name() {
		case "Bool", "Int32", "Int64", "Uint32", "Uint64", "Uintptr", "Pointer":
			return &lock{is: "is an atomic." + obj.Name(), noun: "atomic"}
		case "Value":
			return &lock{is: "is an atomic.Value", noun: "atomic", weak: true}
		}
	}
	return nil
}

func withArticle(name string) string {
	if strings.ContainsAny(name[:1], "AEIOUaeiou") {
		return "an " + name
	}
	return "a " + name
}

// isMarker reports whether t is a noCopy marker: an empty struct of that name
// whose pointer has at least the method Lock, which go vet once asked for
// alone.
func isMarker(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || !strings.EqualFold(named.Obj().Name(), "noCopy") {
		return false
	}
	s, ok := t.Underlying().(*types.Struct)
	return ok && s.NumFields() == 0 && pointerMethod(t, "Lock") != nil
}

// isLocker reports whether *t is a sync.Locker and t itself is not. If t were,
// it would only refer to its lock, as a struct that embeds a sync.Locker does.
func (f *lockFinder) isLocker(t types.Type) bool {
	lockMethod, unlockMethod := pointerMethod(t, "Lock"), pointerMethod(t, "Unlock")
	return lockMethod != nil && unlockMethod != nil &&
		f.bodies.mayExclude(lockMethod, unlockMethod)
}

// pointerMethod returns the method func() of that name which *t has and t has
// not.
func pointerMethod(t types.Type, name string) *types.Func {
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, name)
	method, ok := obj.(*types.Func)
	if !ok {
		return nil
	}
	if ofValue, _, _ := types.LookupFieldOrMethod(t, false, nil, name); ofValue != nil {
		return nil
	}
	sig := method.Signature()
	if sig.Params().Len() != 0 || sig.Results().Len() != 0 {
		return nil
	}
	return method
}

// terms returns the types that a constraint lists, those of all its unions
// together.
func terms(p *types.TypeParam) []types.Type {
	iface, ok := p.Constraint().Underlying().(*types.Interface)
	if !ok {
		return nil
	}
	return interfaceTerms(iface, 0)
}

func interfaceTerms(iface *types.Interface, depth int) []types.Type {
	if depth > maxDepth {
		return nil
	}
	var ts []types.Type
	add := func(t types.Type) {
		if inner, ok := t.Underlying().(*types.Interface); ok {
			ts = append(ts, interfaceTerms(inner, depth+1)...)
			return
		}
		ts = append(ts, t)
	}
	for t := range iface.EmbeddedTypes() {
		if union, ok := types.Unalias(t).(*types.Union); ok {
			for term := range union.Terms() {
				add(term.Type())
			}
			continue
		}
		add(t)
	}
	return ts
}

// paths returns where a value of type t holds locks, all of them. An array
// counts as one.
func (f *lockFinder) paths(t types.Type) []string {
	var all []string
	var walk func(t types.Type, path string, depth int)
	walk = func(t types.Type, path string, depth int) {
		l := f.in(t)
		if l == nil || depth > maxDepth {
			return
		}
		s, ok := t.Underlying().(*types.Struct)
		if !ok || l.path == "" {
			all = append(all, path)
			return
		}
		for field := range s.Fields() {
			walk(field.Type(), path+"."+field.Name(), depth+1)
		}
	}
	walk(t, "", 0)
	return all
}
