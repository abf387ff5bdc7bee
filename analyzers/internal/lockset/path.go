package lockset

import (
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// A place is an access path: where a value is found, seen from one function.
// base names the root, steps what follows it: ".field", "*" for a load through
// a pointer, "[index]". Two equal places are one object as long as the
// function stores to none of the fields on the way; where it does, the loaded
// value itself becomes the root (see loads).
type place struct {
	root  ssa.Value // nil for a global that was only named by a callee
	base  string    // p0 a parameter, f0 a captured variable, g:path.name a global, %t3% any other value
	steps string
}

func (p place) key() string { return p.base + p.steps }

// portable reports whether callers can make sense of the place.
func (p place) portable() bool { return p.base != "" && !strings.Contains(p.key(), "%") }

// maxSteps bounds the length of a path, for recursive types.
const maxSteps = 120

func (f *frame) base(v ssa.Value) place {
	switch v := v.(type) {
	case *ssa.Parameter:
		for i, p := range f.fn.Params {
			if p == v {
				return place{v, "p" + strconv.Itoa(i), ""}
			}
		}
	case *ssa.FreeVar:
		for i, p := range f.fn.FreeVars {
			if p == v {
				return place{v, "f" + strconv.Itoa(i), ""}
			}
		}
	case *ssa.Global:
		return place{v, "g:" + globalName(v), ""}
	}
	name := f.names[v]
	if name == "" {
		name = "%" + v.Name() + "%"
		f.names[v], f.byName[name] = name, v
	}
	return place{v, name, ""}
}

func globalName(g *ssa.Global) string {
	if g.Pkg == nil {
		return g.Name()
	}
	return g.Pkg.Pkg.Path() + "." + g.Name()
}

// placeOf resolves a value to its access path.
func (f *frame) placeOf(v ssa.Value) place {
	if p, ok := f.places[v]; ok {
		if p.base == "" { // on a cycle through a phi or a variable
			return f.base(v)
		}
		return p
	}
	f.places[v] = place{}
	p := f.resolve(v)
	if len(p.steps) > maxSteps {
		p = f.base(v)
	}
	f.places[v] = p
	return p
}

func (f *frame) resolve(v ssa.Value) place {
	switch v := v.(type) {
	case *ssa.FieldAddr:
		return f.field(f.placeOf(v.X), v.X.Type(), v.Field)
	case *ssa.Field:
		return f.field(f.placeOf(v.X), v.X.Type(), v.Field)
	case *ssa.UnOp:
		if v.Op == token.MUL {
			return f.load(v)
		}
	case *ssa.MakeInterface:
		return f.placeOf(v.X)
	case *ssa.ChangeInterface:
		return f.placeOf(v.X)
	case *ssa.ChangeType:
		return f.placeOf(v.X)
	case *ssa.TypeAssert:
		if !v.CommaOk {
			return f.placeOf(v.X)
		}
	case *ssa.IndexAddr:
		return f.index(v, v.X, v.Index)
	case *ssa.Index:
		return f.index(v, v.X, v.Index)
	case *ssa.Lookup:
		if !v.CommaOk {
			return f.index(v, v.X, v.Index)
		}
	case *ssa.Extract:
		// v, ok := m[k]
		if l, ok := v.Tuple.(*ssa.Lookup); ok && v.Index == 0 {
			return f.index(v, l.X, l.Index)
		}
		if t, ok := v.Tuple.(*ssa.TypeAssert); ok && v.Index == 0 {
			return f.placeOf(t.X)
		}
	case *ssa.Phi:
		// All operands one object: the phi is it, too.
		first := f.placeOf(v.Edges[0])
		for _, e := range v.Edges[1:] {
			if f.placeOf(e).key() != first.key() {
				return f.base(v)
			}
		}
		if first.root != v {
			return first
		}
	case *ssa.Call:
		if fn := v.Call.StaticCallee(); fn != nil && len(v.Call.Args) > 0 && copies[calleeName(fn)] {
			return f.placeOf(v.Call.Args[0])
		}
		if p, ok := f.getter(v); ok {
			return p
		}
	}
	return f.base(v)
}

func (f *frame) field(x place, t types.Type, i int) place {
	x.steps += "." + fieldName(t, i)
	return x
}

func fieldName(t types.Type, i int) string {
	if s := structOf(t); s != nil && i < s.NumFields() {
		return s.Field(i).Name()
	}
	return strconv.Itoa(i)
}

// structOf returns the struct that t is or points to.
func structOf(t types.Type) *types.Struct {
	t = t.Underlying()
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem().Underlying()
	}
	s, _ := t.(*types.Struct)
	return s
}

func (f *frame) index(v, x, i ssa.Value) place {
	p := f.placeOf(x)
	if f.rewritten[p.key()+"[]"] {
		return f.base(v)
	}
	switch i := i.(type) {
	case *ssa.Const:
		if i.Value != nil {
			p.steps += "[" + i.Value.ExactString() + "]"
			return p
		}
	default:
		ip := f.placeOf(i)
		if !strings.ContainsAny(ip.key(), "*[") {
			p.steps += "[" + ip.key() + "]"
			return p
		}
	}
	return f.base(v)
}

// load resolves *addr. A local variable that is assigned once stands for what
// is assigned; a field that the function assigns anywhere gives a new object
// at each load, but for one that it makes where there is none (see lazy.go).
func (f *frame) load(v *ssa.UnOp) place {
	if c := f.cell(v.X); c != nil {
		return f.placeOf(c)
	}
	a := f.placeOf(v.X)
	if val := f.only[a.key()]; val != nil {
		return f.placeOf(val)
	}
	if f.rewritten[a.key()] && !f.lazy[a.key()] {
		return f.base(v)
	}
	if p, ok := f.deref(a); ok {
		return p
	}
	if _, isAlloc := v.X.(*ssa.Alloc); isAlloc {
		return f.base(v) // a variable that is assigned more than once
	}
	if fv, isFree := v.X.(*ssa.FreeVar); isFree && f.pkg.assignedOften(fv) {
		return f.base(v)
	}
	a.steps += "*"
	return a
}

// extend appends steps in their text form, as found in a summary, to a place.
func (f *frame) extend(p place, steps string) place {
	for steps != "" {
		n := stepLen(steps)
		step := steps[:n]
		steps = steps[n:]
		if step == "*" && p.steps == "" {
			if c := f.cell(p.root); c != nil {
				p = f.placeOf(c)
				continue
			}
		}
		if step == "*" {
			if val := f.only[p.key()]; val != nil {
				p = f.placeOf(val)
				continue
			}
			if at, ok := f.deref(p); ok {
				p = at
				continue
			}
		}
		p.steps += step
	}
	return p
}

// stepLen returns the length of the first step of a path.
func stepLen(s string) int {
	switch s[0] {
	case '*':
		return 1
	case '[':
		if i := strings.IndexByte(s, ']'); i >= 0 {
			return i + 1
		}
		return len(s)
	}
	for i := 1; i < len(s); i++ {
		if s[i] == '.' || s[i] == '*' || s[i] == '[' {
			return i
		}
	}
	return len(s)
}

// cell returns the only value ever stored in a local variable, nil if addr is
// not the address of one or if it is assigned more than once.
func (f *frame) cell(addr ssa.Value) ssa.Value {
	a, ok := addr.(*ssa.Alloc)
	if !ok {
		return nil
	}
	return f.pkg.cellOf(a).only
}

// cell is what is known of a local variable that lives in memory.
type cell struct {
	only    ssa.Value // the one value stored, if there is just one
	stores  int
	escapes bool // its address goes somewhere else than into loads, stores and closures
	handed  bool // likewise, those of its fields and elements aside
	shared  bool // a closure assigns it
}

// cellOf looks at all uses of a variable, also those in closures.
func (p *pkg) cellOf(a *ssa.Alloc) cell {
	if c, ok := p.cells[a]; ok {
		return c
	}
	var c cell
	p.scanCell(a, &c, 0, map[ssa.Value]bool{})
	if c.stores != 1 || c.escapes || isBool(a) && !setAtOnce(a) {
		c.only = nil
	}
	p.cells[a] = c
	return c
}

func isBool(a *ssa.Alloc) bool {
	b, ok := a.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Basic)
	return ok && b.Kind() == types.Bool
}

// setAtOnce reports whether a variable gets its value where it is declared:
// nobody sees the zero value that it has before.
func setAtOnce(a *ssa.Alloc) bool {
	for _, in := range a.Block().Instrs[slices.Index(a.Block().Instrs, ssa.Instruction(a))+1:] {
		if s, ok := in.(*ssa.Store); ok && s.Addr == a {
			return true
		}
		if _, ok := in.(*ssa.DebugRef); ok {
			continue
		}
		if slices.ContainsFunc(in.Operands(nil), func(v *ssa.Value) bool { return *v == ssa.Value(a) }) {
			return false
		}
	}
	return false
}

func (p *pkg) scanCell(addr ssa.Value, c *cell, depth int, seen map[ssa.Value]bool) {
	if seen[addr] || addr.Referrers() == nil {
		return
	}
	seen[addr] = true
	for _, r := range *addr.Referrers() {
		switch r := r.(type) {
		case *ssa.Store:
			if r.Addr != addr {
				c.escapes, c.handed = true, true
				continue
			}
			if u, ok := r.Val.(*ssa.UnOp); ok && u.Op == token.MUL && u.X == addr {
				continue // a named result that is returned by name
			}
			c.stores++
			c.only = r.Val
			if depth > 0 {
				c.shared = true
				c.only = nil
				c.stores = 2 // it may run often
			}
		case *ssa.MakeClosure:
			fn, _ := r.Fn.(*ssa.Function)
			for i, b := range r.Bindings {
				if b == addr && fn != nil && i < len(fn.FreeVars) {
					p.scanCell(fn.FreeVars[i], c, depth+1, seen)
				}
			}
		case *ssa.UnOp, *ssa.DebugRef:
		case *ssa.FieldAddr, *ssa.IndexAddr:
			c.escapes = true // not a plain variable
		default:
			c.escapes, c.handed = true, true
		}
	}
}

// assignedOften reports whether the variable that a closure captured is
// assigned more than once.
func (p *pkg) assignedOften(fv *ssa.FreeVar) bool {
	v := p.captured(fv)
	if a, ok := v.(*ssa.Alloc); ok {
		return p.cellOf(a).stores > 1
	}
	return false
}

// captured follows a captured variable to what the enclosing function bound.
func (p *pkg) captured(v ssa.Value) ssa.Value {
	for {
		fv, ok := v.(*ssa.FreeVar)
		if !ok {
			return v
		}
		mc := p.makers[fv.Parent()]
		if mc == nil {
			return v
		}
		next := ssa.Value(nil)
		for i, x := range fv.Parent().FreeVars {
			if x == fv && i < len(mc.Bindings) {
				next = mc.Bindings[i]
			}
		}
		if next == nil {
			return v
		}
		v = next
	}
}
