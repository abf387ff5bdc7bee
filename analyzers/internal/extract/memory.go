package extract

import (
	"fmt"
	"go/types"
	"strconv"

	"golang.org/x/tools/go/ssa"
)

// memory tells which stores a load may see, without regard to the order of
// execution and to objects: all fields of one name in one type are one place, so
// are the elements of one type in slices and arrays, the entries of maps of one
// type, the values sent on channels of one type. A variable is a place of its
// own while its address is used for nothing but loads, stores and closures;
// otherwise it is one with all that pointers to its type may point to. (may)
type memory struct {
	own     *own
	parent  map[string]string // union-find
	locals  map[*ssa.Alloc]bool
	names   map[ssa.Value]string // places of variables
	fields  map[field]string     // and of fields
	parts   map[types.Type][]string
	deep    map[types.Type][]string
	shown   map[types.Type][]string
	unnamed map[string]bool // places that are loaded without their name, see openPlaces
	joined  map[string]bool // places that are one with others
}

// field is a field of a struct type, by its number.
type field struct {
	of types.Type
	i  int
}

func newMemory(o *own) *memory {
	return &memory{
		own: o, parent: map[string]string{}, locals: map[*ssa.Alloc]bool{}, names: map[ssa.Value]string{}, fields: map[field]string{},
		parts: map[types.Type][]string{}, deep: map[types.Type][]string{}, shown: map[types.Type][]string{},
	}
}

func (m *memory) find(k string) string {
	for {
		up, ok := m.parent[k]
		if !ok || up == k {
			return k
		}
		if next, ok := m.parent[up]; ok {
			m.parent[k] = next
		}
		k = up
	}
}

func (m *memory) union(a, b string) {
	if a, b = m.find(a), m.find(b); a != b {
		m.parent[a] = b
	}
}

func (m *memory) fieldKey(t types.Type, i int) string {
	f := field{t, i}
	k, ok := m.fields[f]
	if !ok {
		k = "F:" + m.own.key(t) + "." + strconv.Itoa(i)
		m.fields[f] = k
	}
	return k
}
func (m *memory) elemKey(t types.Type) string  { return "E:" + m.own.key(t) }
func (m *memory) derefKey(t types.Type) string { return "D:" + m.own.key(t) }
func (m *memory) mapKey(t types.Type) string   { return "M:" + m.own.key(t.Underlying()) }
func (m *memory) chanKey(t types.Type) string  { return "C:" + m.own.key(t) }

// place is the place that an address is of.
func (m *memory) place(addr ssa.Value) string {
	switch v := addr.(type) {
	case *ssa.FieldAddr:
		return m.fieldKey(deref(v.X.Type()), v.Field)
	case *ssa.IndexAddr:
		return m.elemKey(deref(v.Type()))
	case *ssa.Alloc, *ssa.Global, *ssa.FreeVar:
		if k, ok := m.names[v]; ok {
			return k
		}
		k := fmt.Sprintf("V:%d", len(m.names))
		m.names[v] = k
		return k
	case *ssa.ChangeType:
		return m.place(v.X)
	}
	return m.derefKey(deref(addr.Type()))
}

// scan finds the addresses of a function that become pointers, and unites
// captured variables with those they are bound to.
func (m *memory) scan(fn *ssa.Function, known func(ssa.CallInstruction) bool) {
	var ops [16]*ssa.Value
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			for _, op := range in.Operands(ops[:0]) {
				if g, ok := (*op).(*ssa.Global); ok && !direct(in, g) {
					m.union(m.place(g), m.derefKey(deref(g.Type())))
				}
			}
			switch v := in.(type) {
			case *ssa.MakeClosure:
				for i, bound := range v.Bindings {
					m.union(m.place(v.Fn.(*ssa.Function).FreeVars[i]), m.place(bound))
				}
			case *ssa.Alloc:
				local := true
				m.address(v, known, &local)
				m.locals[v] = local
			case *ssa.FieldAddr, *ssa.IndexAddr:
				local := true
				m.address(v.(ssa.Value), known, &local)
			}
		}
	}
	for _, v := range fn.FreeVars {
		if _, ok := v.Type().Underlying().(*types.Pointer); ok {
			local := true
			m.address(v, known, &local)
		}
	}
}

// direct reports whether an instruction uses the address of a global for a
// load, a store or a part.
func direct(in ssa.Instruction, g *ssa.Global) bool {
	switch v := in.(type) {
	case *ssa.UnOp, *ssa.FieldAddr, *ssa.IndexAddr, *ssa.DebugRef:
		return true
	case *ssa.Store:
		return v.Val != ssa.Value(g)
	}
	return false
}

// address follows the uses of an address. local becomes false if others than
// the function itself may use it.
func (m *memory) address(v ssa.Value, known func(ssa.CallInstruction) bool, local *bool) {
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.DebugRef:
		case *ssa.UnOp:
		case *ssa.Store:
			if r.Val == v {
				m.pointed(v, local)
			}
		case *ssa.FieldAddr:
			var inner = true
			m.address(r, known, &inner)
			*local = *local && inner
		case *ssa.IndexAddr:
			var inner = true
			m.address(r, known, &inner)
			*local = *local && inner
		case *ssa.Slice:
			*local = false
		case *ssa.MakeClosure:
			*local = false
		case ssa.CallInstruction:
			if !known(r) {
				m.pointed(v, local)
			}
			*local = false
		default:
			m.pointed(v, local)
		}
	}
}

func (m *memory) pointed(v ssa.Value, local *bool) {
	*local = false
	m.union(m.place(v), m.derefKey(deref(v.Type())))
}

// isLocal reports whether only the function itself can see a store to addr.
func (m *memory) isLocal(addr ssa.Value) bool {
	for {
		switch v := addr.(type) {
		case *ssa.Alloc:
			return m.locals[v]
		case *ssa.FieldAddr:
			addr = v.X
		case *ssa.IndexAddr:
			addr = v.X
		default:
			return false
		}
	}
}

// partsOf are the places within a value of type t that is loaded or stored as a whole.
func (m *memory) partsOf(t types.Type) []string {
	t = m.own.canon(t)
	if ks, ok := m.parts[t]; ok {
		return ks
	}
	var ks []string
	switch u := t.Underlying().(type) {
	case *types.Struct:
		for i := range u.NumFields() {
			ks = append(ks, m.fieldKey(t, i))
			ks = append(ks, m.partsOf(u.Field(i).Type())...)
		}
	case *types.Array:
		ks = append(append(ks, m.elemKey(u.Elem())), m.partsOf(u.Elem())...)
	}
	m.parts[t] = ks
	return ks
}

// access are the places of a load or store of a value of type t at addr.
func (m *memory) access(addr ssa.Value, t types.Type) []string {
	parts := m.partsOf(t)
	return append(append(make([]string, 0, 1+len(parts)), m.place(addr)), parts...)
}

// reachable are the places that unknown code can write through a value of type t.
func (m *memory) reachable(t types.Type) []string {
	t = m.own.canon(t)
	if ks, ok := m.deep[t]; ok {
		return ks
	}
	var ks []string
	seen := map[string]bool{}
	if u, ok := t.Underlying().(*types.Interface); ok {
		// What an interface holds is followed, what is held by that is not again.
		for _, b := range m.own.implementing(t, u) {
			if _, ok := b.Underlying().(*types.Basic); !ok {
				m.reach(b, seen, &ks)
			}
		}
	}
	m.reach(t, seen, &ks)
	m.deep[t] = ks
	return ks
}

// open are the places that another package can read through a value of type t:
// those that are reachable without a look into a type of the package in hand.
func (m *memory) open(t types.Type) []string {
	t = m.own.canon(t)
	if ks, ok := m.shown[t]; ok {
		return ks
	}
	var ks []string
	seen := map[string]bool{}
	var visit func(types.Type)
	visit = func(t types.Type) {
		t = types.Unalias(t)
		k := m.own.key(t)
		if seen[k] || len(ks) > maxReach {
			return
		}
		seen[k] = true
		if n, ok := t.(*types.Named); ok && n.Obj().Pkg() == m.own.p.pkg && !m.own.all {
			return
		}
		switch u := t.Underlying().(type) {
		case *types.Pointer:
			ks = append(ks, m.derefKey(u.Elem()))
			visit(u.Elem())
		case *types.Slice:
			ks = append(ks, m.elemKey(u.Elem()))
			visit(u.Elem())
		case *types.Array:
			ks = append(ks, m.elemKey(u.Elem()))
			visit(u.Elem())
		case *types.Map:
			ks = append(ks, m.mapKey(t))
			visit(u.Key())
			visit(u.Elem())
		case *types.Chan:
			ks = append(ks, m.chanKey(u.Elem()))
			visit(u.Elem())
		case *types.Struct:
			for i := range u.NumFields() {
				ks = append(ks, m.fieldKey(t, i))
				visit(u.Field(i).Type())
			}
		}
	}
	visit(t)
	m.shown[t] = ks
	return ks
}

func (m *memory) reach(t types.Type, seen map[string]bool, ks *[]string) {
	t = types.Unalias(t)
	k := m.own.key(t)
	if seen[k] || len(*ks) > maxReach {
		return
	}
	seen[k] = true
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		*ks = append(append(*ks, m.derefKey(u.Elem())), m.partsOf(u.Elem())...)
		m.reach(u.Elem(), seen, ks)
	case *types.Slice:
		*ks = append(append(*ks, m.elemKey(u.Elem())), m.partsOf(u.Elem())...)
		m.reach(u.Elem(), seen, ks)
	case *types.Map:
		*ks = append(*ks, m.mapKey(t))
		m.reach(u.Elem(), seen, ks)
	case *types.Array:
		m.reach(u.Elem(), seen, ks)
	case *types.Struct:
		for i := range u.NumFields() {
			m.reach(u.Field(i).Type(), seen, ks)
		}
	}
}

// maxReach bounds the places that values of one type are taken to reach.
const maxReach = 4000
