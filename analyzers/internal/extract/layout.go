package extract

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/library"
)

// Layouts are a function of the type alone, so that skeletons of different
// packages agree on them: the cells of a struct are those of its fields, those
// of a type that the library models are what it says, and of other structs of
// the standard library only exported fields count.
const (
	maxArrayCells  = 16  // wider arrays are one opaque cell
	maxStructCells = 256 // wider structs too
)

type layouts struct {
	pkg   *types.Package // the package in hand, whose types are open even in the standard library
	cache map[types.Type]string
}

func newLayouts(pkg *types.Package) *layouts {
	return &layouts{pkg: pkg, cache: map[types.Type]string{}}
}

// of returns the layout of a type, at least one cell.
func (l *layouts) of(t types.Type) string {
	if s, ok := l.cache[t]; ok {
		return s
	}
	s := l.compute(t)
	l.cache[t] = s
	return s
}

func (l *layouts) width(t types.Type) int { return len(l.of(t)) }

func (l *layouts) compute(t types.Type) string {
	t = types.Unalias(t)
	if s, _, ok := l.modelled(t); ok {
		return s
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return basicLayout(u)
	case *types.Struct:
		var b strings.Builder
		for i := range u.NumFields() {
			if !l.hidden(t, u.Field(i)) {
				b.WriteString(l.of(u.Field(i).Type()))
			}
		}
		if b.Len() == 0 || b.Len() > maxStructCells {
			return "o"
		}
		return b.String()
	case *types.Array:
		elem := l.of(u.Elem())
		if n := u.Len(); n > 0 && n <= maxArrayCells && int(n)*len(elem) <= maxArrayCells {
			return strings.Repeat(elem, int(n))
		}
		return "o"
	case *types.Tuple:
		var b strings.Builder
		for i := range u.Len() {
			b.WriteString(l.of(u.At(i).Type()))
		}
		return b.String()
	}
	return "p"
}

// at is the layout of what lies at an address. Library may know more of a field
// than its type says: that a number is at least 1.
func (l *layouts) at(addr ssa.Value) string {
	elem := deref(addr.Type())
	f, ok := addr.(*ssa.FieldAddr)
	if !ok {
		return l.of(elem)
	}
	st := deref(f.X.Type())
	if cells, fields, ok := l.modelled(st); ok {
		name := st.Underlying().(*types.Struct).Field(f.Field).Name()
		if off, ok := fields[name]; ok && l.width(elem) == 1 {
			return cells[off : off+1]
		}
	}
	return l.of(elem)
}

// modelled returns what library knows of a type that is not the package's own.
func (l *layouts) modelled(t types.Type) (cells string, fields map[string]int, ok bool) {
	n, isNamed := types.Unalias(t).(*types.Named)
	if !isNamed || n.Obj().Pkg() == nil || n.Obj().Pkg() == l.pkg {
		return "", nil, false
	}
	return library.Layout(typeName(n))
}

func basicLayout(b *types.Basic) string {
	info := b.Info()
	switch {
	case info&types.IsBoolean != 0:
		return "b"
	case info&types.IsUnsigned != 0:
		return "u"
	case info&types.IsInteger != 0:
		return "i"
	case b.Kind() == types.UnsafePointer, b.Kind() == types.UntypedNil:
		return "p"
	}
	return "o"
}

// hidden reports whether a field of struct type t has no cells of its own.
func (l *layouts) hidden(t types.Type, f *types.Var) bool {
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || n.Obj().Pkg() == nil || n.Obj().Pkg() == l.pkg {
		return false
	}
	return !f.Exported() && isStd(n.Obj().Pkg().Path())
}

// offset returns where field i of struct type t begins, and whether it has cells of its own.
func (l *layouts) offset(t types.Type, i int) (int, bool) {
	u, ok := t.Underlying().(*types.Struct)
	if !ok {
		return 0, false
	}
	if _, fields, ok := l.modelled(t); ok {
		off, ok := fields[u.Field(i).Name()]
		return off, ok
	}
	if l.hidden(t, u.Field(i)) {
		return 0, false
	}
	off, total := 0, 0
	for j := range u.NumFields() {
		if j == i {
			off = total
		}
		if !l.hidden(t, u.Field(j)) {
			total += l.width(u.Field(j).Type())
		}
	}
	return off, total <= maxStructCells
}

// openArray reports whether the elements of array type t have cells of their own.
func (l *layouts) openArray(t types.Type) (n, elem int, ok bool) {
	a, isArray := t.Underlying().(*types.Array)
	if !isArray {
		return 0, 0, false
	}
	n, elem = int(a.Len()), l.width(a.Elem())
	return n, elem, n > 0 && n*elem <= maxArrayCells
}

// typeName is the qualified name of a named type (of its origin), "" for others.
func typeName(t types.Type) string {
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || n.Obj().Pkg() == nil {
		return ""
	}
	return unvendored(n.Obj().Pkg().Path() + "." + n.Obj().Name())
}

// stdRoots are the first path elements of the standard library's packages.
var stdRoots = func() map[string]bool {
	m := map[string]bool{}
	for _, s := range strings.Fields(`archive bufio bytes cmp compress container context crypto database debug
		embed encoding errors expvar flag fmt go hash html image index internal io iter log maps math mime net os
		path plugin reflect regexp runtime slices sort strconv strings structs sync syscall testing text time
		unicode unique unsafe vendor weak`) {
		m[s] = true
	}
	return m
}()

func isStd(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return stdRoots[first]
}
