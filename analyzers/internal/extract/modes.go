package extract

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// modes tells what unknown code may do with an argument, by its type: what
// cannot hold a channel, a lock, a function or an interface cannot matter.
type modes struct {
	holds map[types.Type]bool
}

// ofType returns the escape mode of an argument or a result of type t.
func (m *modes) ofType(t types.Type) byte {
	switch typeName(t) {
	case "context.Context":
		return skeleton.EscapeNone
	}
	if types.Identical(t, errorType) {
		return skeleton.EscapeNone
	}
	switch u := t.Underlying().(type) {
	case *types.Chan:
		switch u.Dir() {
		case types.RecvOnly:
			return skeleton.EscapeRecv
		case types.SendOnly:
			return skeleton.EscapeSend
		}
		return skeleton.EscapeAll
	case *types.Signature:
		return skeleton.EscapeCall
	case *types.Basic, *types.Struct, *types.Array:
		if !m.canHold(t) {
			return skeleton.EscapeNone
		}
	}
	return skeleton.EscapeAll
}

// ofValue is ofType with what is known of the value itself: the dynamic type
// of an interface, the elements of a variadic argument.
func (m *modes) ofValue(v ssa.Value) byte {
	switch v := v.(type) {
	case *ssa.Const:
		return skeleton.EscapeNone
	case *ssa.MakeInterface:
		if !types.Identical(v.Type(), errorType) && typeName(v.Type()) != "context.Context" {
			return m.ofValue(v.X)
		}
	case *ssa.ChangeInterface:
		if m.ofType(v.X.Type()) == skeleton.EscapeNone {
			return skeleton.EscapeNone
		}
	case *ssa.ChangeType:
		if mode := m.ofType(v.Type()); mode == skeleton.EscapeRecv || mode == skeleton.EscapeSend {
			return mode
		}
		return m.ofValue(v.X)
	case *ssa.Slice:
		if elems, ok := varargs(v); ok {
			for _, e := range elems {
				if m.ofValue(e) != skeleton.EscapeNone {
					return skeleton.EscapeAll
				}
			}
			return skeleton.EscapeNone
		}
	}
	return m.ofType(v.Type())
}

// varargs returns the values stored in the array that a call's variadic
// argument is a slice of.
func varargs(s *ssa.Slice) ([]ssa.Value, bool) {
	a, ok := s.X.(*ssa.Alloc)
	if !ok || a.Comment != "varargs" {
		return nil, false
	}
	var elems []ssa.Value
	for _, r := range *a.Referrers() {
		switch r := r.(type) {
		case *ssa.IndexAddr:
			for _, use := range *r.Referrers() {
				if st, ok := use.(*ssa.Store); ok && st.Addr == ssa.Value(r) {
					elems = append(elems, st.Val)
				}
			}
		case *ssa.Slice:
		default:
			return nil, false
		}
	}
	return elems, true
}

// canHold reports whether a value of type t can reach a channel, a function, a
// lock or an interface.
func (m *modes) canHold(t types.Type) bool {
	if h, ok := m.holds[t]; ok {
		return h
	}
	h := m.search(t, map[types.Type]bool{})
	m.holds[t] = h
	return h
}

func (m *modes) search(t types.Type, seen map[types.Type]bool) bool {
	t = types.Unalias(t)
	if h, ok := m.holds[t]; ok {
		return h
	}
	if seen[t] {
		return false
	}
	seen[t] = true
	if n, ok := t.(*types.Named); ok && n.Obj().Pkg() != nil {
		switch n.Obj().Pkg().Path() {
		case "sync", "sync/atomic":
			return true
		case "time":
			return n.Obj().Name() == "Timer" || n.Obj().Name() == "Ticker"
		case "context":
			return n.Obj().Name() != "Context"
		}
	}
	if types.Identical(t, errorType) {
		return false
	}
	switch u := t.Underlying().(type) {
	case *types.Chan, *types.Signature, *types.Interface, *types.TypeParam:
		return true
	case *types.Basic:
		return u.Kind() == types.UnsafePointer
	case *types.Pointer:
		return m.search(u.Elem(), seen)
	case *types.Slice:
		return m.search(u.Elem(), seen)
	case *types.Array:
		return m.search(u.Elem(), seen)
	case *types.Map:
		return m.search(u.Key(), seen) || m.search(u.Elem(), seen)
	case *types.Struct:
		for i := range u.NumFields() {
			if m.search(u.Field(i).Type(), seen) {
				return true
			}
		}
	}
	return false
}

var errorType = types.Universe.Lookup("error").Type()

// resultModes gives the layouts of a function's results, each with the mode in
// which a root's caller gets it.
func (p *program) resultLayouts(sig *types.Signature) []string {
	var out []string
	for i := range sig.Results().Len() {
		t := sig.Results().At(i).Type()
		l := p.lay.of(t)
		if mode := p.modes.ofType(t); mode != skeleton.EscapeAll {
			l += ":" + string(rune(mode))
		}
		out = append(out, l)
	}
	return out
}

// isRecv reports whether v is a channel receive.
func isRecv(v ssa.Value) bool {
	u, ok := v.(*ssa.UnOp)
	return ok && u.Op == token.ARROW
}
