package lockset

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Conditions. A branch is understood as "atom is val": the atom is the text of
// a pure expression over SSA values and access paths, so that two tests of one
// value, or of one expression over the same values, agree.

// test decodes a condition: it holds exactly if (atom is val) == want.
func (f *frame) test(v ssa.Value) (atom, val string, want bool) {
	switch v := v.(type) {
	case *ssa.UnOp:
		if v.Op == token.NOT {
			atom, val, want = f.test(v.X)
			return atom, val, !want
		}
	case *ssa.BinOp:
		return f.compare(v)
	case *ssa.Const:
		return "", constText(v), true
	}
	return f.atom(v, 0), "true", true
}

func (f *frame) compare(v *ssa.BinOp) (atom, val string, want bool) {
	x, y, op := v.X, v.Y, v.Op
	switch op {
	case token.GTR:
		x, y, op = y, x, token.LSS
	case token.GEQ:
		op, want = token.LSS, true
	case token.LEQ:
		x, y, op, want = y, x, token.LSS, true
	}
	switch op {
	case token.EQL, token.NEQ:
		atom, val, want = f.equal(x, y)
		return atom, val, want == (op == token.EQL)
	case token.LSS:
		if isInt(x, 0) && isLength(y) {
			return f.atom(y, 0), "0", want
		}
		return "(" + f.atom(x, 0) + "<" + f.atom(y, 0) + ")", "true", !want
	}
	return f.atom(v, 0), "true", true
}

// equal decodes whether two values are the same.
func (f *frame) equal(x, y ssa.Value) (atom, val string, want bool) {
	if _, ok := x.(*ssa.Const); ok {
		x, y = y, x
	}
	if c, ok := y.(*ssa.Const); ok {
		if text := constText(c); text != "" {
			if text == "true" || text == "false" {
				a, val, w := f.test(x)
				return a, val, w == (text == "true")
			}
			return f.atom(x, 0), text, true
		}
	}
	a, b := f.atom(x, 0), f.atom(y, 0)
	if b < a {
		a, b = b, a
	}
	return "(" + a + "==" + b + ")", "true", true
}

// isLength reports whether a value is what len gives: it is not less than zero.
func isLength(v ssa.Value) bool {
	c, ok := v.(*ssa.Call)
	if !ok {
		return false
	}
	b, ok := c.Call.Value.(*ssa.Builtin)
	return ok && b.Name() == "len"
}

// maxDepth bounds the depth of expressions in atoms.
const maxDepth = 6

// atom is the text of a value.
func (f *frame) atom(v ssa.Value, depth int) string {
	switch v := v.(type) {
	case *ssa.Const:
		return "#" + constText(v)
	case *ssa.BinOp:
		if depth < maxDepth {
			return "(" + f.atom(v.X, depth+1) + v.Op.String() + f.atom(v.Y, depth+1) + ")"
		}
	case *ssa.Convert:
		if depth < maxDepth {
			return f.atom(v.X, depth+1)
		}
	case *ssa.Call:
		if b, ok := v.Call.Value.(*ssa.Builtin); ok && b.Name() == "len" && depth < maxDepth {
			return "len(" + f.atom(v.Call.Args[0], depth+1) + ")"
		}
	case *ssa.UnOp:
		if v.Op == token.MUL {
			if a, ok := v.X.(*ssa.Alloc); ok && f.cell(a) == nil {
				// A variable assigned more than once: its content is tracked
				// under the variable and copied to the load when it runs.
				return f.base(v).key()
			}
			if fv, ok := v.X.(*ssa.FreeVar); ok && f.pkg.assignedOften(fv) && f.asGiven(v, fv) {
				return f.content(fv)
			}
		}
		if v.Op == token.SUB && depth < maxDepth {
			return "-" + f.atom(v.X, depth+1)
		}
	case *ssa.Extract:
		if c, ok := v.Tuple.(*ssa.Call); ok {
			return resultAtom(f.base(c).key(), v.Index)
		}
	}
	return f.placeOf(v).key()
}

// asGiven reports whether a load gives what a captured variable held when the
// closure was called: it stays as it is until the closure assigns it.
func (f *frame) asGiven(load *ssa.UnOp, fv *ssa.FreeVar) bool {
	return !slices.ContainsFunc(f.assigns[fv], func(s *ssa.Store) bool {
		if s.Block() == load.Block() && before(s, load) {
			return true
		}
		return blockReaches(s.Block(), load.Block())
	})
}

// resultAtom is the atom of a result of a call.
func resultAtom(call string, i int) string {
	return call + "#" + string(rune('0'+i%10))
}

// branch returns what becomes of a state at the branch; a nil state does not
// take that side. forked: the condition did not follow from the state.
func (f *frame) branch(s *state, c ssa.Value) (yes, no *state, forked bool) {
	atom, val, want := f.test(c)
	if atom == "" {
		if (val == "true") == want {
			return s, nil, false
		}
		return nil, s, false
	}
	switch s.knows(atom, val) {
	case 1:
		if want {
			return s, nil, false
		}
		return nil, s, false
	case -1:
		if want {
			return nil, s, false
		}
		return s, nil, false
	}
	if !f.watched[atom] {
		return s.clone(), s.clone(), true
	}
	yes, no = s.clone(), s.clone()
	yes.learn(atom, val, want)
	no.learn(atom, val, !want)
	return yes, no, true
}

// mentions reports whether an atom depends on a value given by its base.
func mentions(atom, base string) bool { return strings.Contains(atom, base) }

// dependsOnField reports whether a block is only come to if some field holds
// something, or is true, or does not or is not.
func dependsOnField(b *ssa.BasicBlock) bool {
	for d := b.Idom(); d != nil; d = d.Idom() {
		last, ok := d.Instrs[len(d.Instrs)-1].(*ssa.If)
		if !ok || d.Succs[0].Dominates(b) == d.Succs[1].Dominates(b) {
			continue
		}
		v := last.Cond
		if u, ok := v.(*ssa.UnOp); ok && u.Op == token.NOT {
			v = u.X
		}
		if c, ok := v.(*ssa.BinOp); ok && (c.Op == token.EQL || c.Op == token.NEQ) {
			if k, ok := c.Y.(*ssa.Const); ok && k.IsNil() {
				v = c.X
			}
		}
		if u, ok := v.(*ssa.UnOp); ok && u.Op == token.MUL {
			if _, ok := u.X.(*ssa.FieldAddr); ok {
				return true
			}
		}
	}
	return false
}

// opaque is the atom of what is only known to be decided anew each time, and not by
// what callers know.
const opaque = "?"

// onCount is the condition that a block is only come to if an atomic counter has, or
// has not, a certain value, if there is one: as with a mode, callers may see to it
// that it does not hold.
func onCount(b *ssa.BasicBlock) []Cond {
	for d := b.Idom(); d != nil; d = d.Idom() {
		last, ok := d.Instrs[len(d.Instrs)-1].(*ssa.If)
		if !ok || d.Succs[0].Dominates(b) == d.Succs[1].Dominates(b) {
			continue
		}
		c, ok := last.Cond.(*ssa.BinOp)
		if !ok {
			continue
		}
		if k, ok := c.Y.(*ssa.Const); ok && k.Value != nil && k.Value.Kind() == constant.Int && loadsAtomic(c.X) {
			return []Cond{{Atom: opaque, Val: constText(k), Eq: c.Op == token.EQL}}
		}
	}
	return nil
}

// loadsAtomic reports whether a value is what an atomic variable holds.
func loadsAtomic(v ssa.Value) bool {
	c, ok := v.(*ssa.Call)
	if !ok {
		return false
	}
	fn := c.Call.StaticCallee()
	if fn == nil {
		return false
	}
	obj, ok := fn.Object().(*types.Func)
	return ok && obj.Pkg() != nil && obj.Pkg().Path() == "sync/atomic" && strings.HasPrefix(obj.Name(), "Load")
}
