package extract

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Places of cells. The explorer drops what is in a cell as soon as no code that
// may still run loads from the cell's place. That holds for a place only if
// every load of it names it: a variable or a field of a type of the package, of
// which no pointer is made that other loads go through, and which no model of
// the library gets the address of. Cells of other places are kept. (must)

// openPlaces finds the places that are loaded without their name.
func (w *world) openPlaces() {
	m := w.mem
	m.unnamed, m.joined = map[string]bool{}, map[string]bool{}
	for k := range m.parent {
		m.joined[k], m.joined[m.find(k)] = true, true
		if !strings.HasPrefix(k, "F:") && !strings.HasPrefix(k, "V:") {
			m.unnamed[m.find(k)] = true
		}
	}
	opens := func(ks ...string) {
		for _, k := range ks {
			m.unnamed[m.find(k)] = true
		}
	}
	for _, fn := range w.funcs {
		for _, b := range fn.Blocks {
			for _, in := range b.Instrs {
				switch v := in.(type) {
				case *ssa.ChangeType:
					// The fields of two types are one.
					for _, t := range []types.Type{v.X.Type(), v.Type()} {
						if p, ok := t.Underlying().(*types.Pointer); ok {
							opens(m.partsOf(p.Elem())...)
						}
					}
				case ssa.CallInstruction:
					for _, a := range v.Common().Args {
						switch t := a.Type().Underlying().(type) {
						case *types.Pointer:
							if w.byValue(v) {
								opens(m.access(a, t.Elem())...)
							}
						case *types.Slice:
							// Elements are copied: append, copy, models that do so.
							opens(m.partsOf(t.Elem())...)
						}
					}
				}
			}
		}
	}
}

// label names a place for the skeleton, "" for one that is open.
func (m *memory) label(k string) string {
	k = m.find(k)
	if m.unnamed[k] {
		return ""
	}
	if field, ok := strings.CutPrefix(k, "F:"); ok {
		return field
	}
	return m.own.p.pkg.Path() + "·" + strings.TrimPrefix(k, "V:")
}

// places are those of the cells of a value of type t at addr, nil if all are open.
func (p *program) places(addr ssa.Value, t types.Type) []string {
	if p.world == nil {
		return nil
	}
	m := p.world.mem
	at := ""
	switch v := addr.(type) {
	case *ssa.FieldAddr:
		at = p.fieldPlace(deref(v.X.Type()), v.Field)
	case *ssa.Alloc, *ssa.FreeVar:
		at = m.label(m.place(addr))
	case *ssa.Global:
		if v.Pkg != nil && v.Pkg.Pkg == p.pkg {
			at = m.label(m.place(addr))
		}
	}
	out := p.cellPlaces(nil, at, t)
	if !slices.ContainsFunc(out, func(s string) bool { return s != "" }) {
		return nil
	}
	return out
}

// fieldPlace names field i of a struct type, "" if others know the type's fields.
func (p *program) fieldPlace(t types.Type, i int) string {
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || n.Obj().Pkg() != p.pkg {
		return ""
	}
	m := p.world.mem
	k := m.fieldKey(t, i)
	return p.steadyPlace(m.label(k), k, t.Underlying().(*types.Struct).Field(i))
}

// cellPlaces appends the places of the cells of a type's layout; at is that of the whole.
func (p *program) cellPlaces(out []string, at string, t types.Type) []string {
	t = types.Unalias(t)
	width := p.lay.width(t)
	if _, _, ok := p.lay.modelled(t); ok {
		return append(out, make([]string, width)...)
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		n := len(out)
		for i := range u.NumFields() {
			if !p.lay.hidden(t, u.Field(i)) {
				out = p.cellPlaces(out, p.fieldPlace(t, i), u.Field(i).Type())
			}
		}
		if len(out)-n == width {
			return out
		}
		out = out[:n]
	case *types.Array:
		if n, _, ok := p.lay.openArray(t); ok {
			for range n {
				out = p.cellPlaces(out, "", u.Elem())
			}
			return out
		}
	}
	if width == 1 {
		return append(out, at)
	}
	return append(out, make([]string, width)...)
}
