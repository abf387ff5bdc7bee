package extract

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// What code can do to a channel that is kept in an unexported field: only the
// package can name the field, so its functions tell. What it computes: may,
// over all functions of the package, by the instructions that use what is
// loaded from the field, and what becomes of it in local variables, in closures
// and in functions of the package that it is handed to. A load that flows
// anywhere else may be used for anything.

// fieldUses is what is done to the channels loaded from fields: by the function that
// makes the object, which nobody does who gets the object later, and by others.
type fieldUses struct {
	others, made map[*types.Var]uses
}

// uses is what is done to a channel.
type uses struct {
	recv, send, close, other bool
	foreign                  bool // the field holds channels that are not made for it
}

func (u uses) and(v uses) uses {
	return uses{u.recv || v.recv, u.send || v.send, u.close || v.close, u.other || v.other, u.foreign || v.foreign}
}

// all is what anybody does, the maker included.
func (fu fieldUses) all(f *types.Var) uses { return fu.others[f].and(fu.made[f]) }

// findFields finds out what the package does with its fields.
func (p *program) findFields(g *graph) {
	refs := g.findReferences()
	p.fields, p.moving, p.growing = findFieldUses(g, refs.makerOnly(false)), findMoving(g, refs.makerOnly(true)), findGrowing(g)
}

// findFieldUses collects the uses of all unexported fields that hold channels. What
// gets an object from its maker alone (see makerOnly) counts as the maker, unless it
// hands a channel on without its object: workers that are started on demand, and end
// by what they receive, depend on data that is not known.
func findFieldUses(g *graph, m *makerOnly) fieldUses {
	c := fieldCensus{fieldUses{map[*types.Var]uses{}, map[*types.Var]uses{}}, m, map[*types.Var]uses{}, map[*types.Var]bool{}}
	for _, fn := range g.funcs {
		for _, b := range fn.Blocks {
			for _, in := range b.Instrs {
				switch v := in.(type) {
				case *ssa.FieldAddr:
					if f := keptIn(deref(v.X.Type()), v.Field); f != nil {
						c.address(f, v)
					}
				case *ssa.Field:
					if f := keptIn(v.X.Type(), v.Field); f != nil {
						c.flow(f, c.others).value(v)
					}
				}
			}
		}
	}
	for f, u := range c.alone {
		if c.handed[f] {
			c.others[f] = c.others[f].and(u)
		} else {
			c.made[f] = c.made[f].and(u)
		}
	}
	return c.fieldUses
}

// fieldCensus is a fieldUses in the making.
type fieldCensus struct {
	fieldUses
	makers *makerOnly
	alone  map[*types.Var]uses // by what gets the object from its maker alone
	handed map[*types.Var]bool // and hands the channel on
}

// keptIn returns field i of a struct type if it is unexported and holds a channel.
func keptIn(t types.Type, i int) *types.Var {
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	f := s.Field(i)
	if _, isChan := f.Type().Underlying().(*types.Chan); !isChan || f.Exported() {
		return nil
	}
	return f.Origin()
}

func (c *fieldCensus) address(f *types.Var, addr ssa.Value) {
	for _, r := range *addr.Referrers() {
		switch r := r.(type) {
		case *ssa.DebugRef:
		case *ssa.Store:
			if r.Addr != addr {
				c.note(f, uses{other: true})
				break
			}
			c.stored(f, r.Val)
		case *ssa.UnOp:
			switch {
			case makesFor(addr, maxCopies):
				c.flow(f, c.made).value(r)
			case c.makers.holds(addr):
				c.flow(f, c.alone).value(r)
			default:
				c.flow(f, c.others).value(r)
			}
		default:
			c.note(f, uses{other: true})
		}
	}
}

func (c *fieldCensus) note(f *types.Var, u uses) { c.others[f] = c.others[f].and(u) }

// stored notes what a field is set to.
func (c *fieldCensus) stored(f *types.Var, v ssa.Value) {
	switch v := v.(type) {
	case *ssa.Const: // nil
	case *ssa.MakeChan:
		for _, r := range *v.Referrers() {
			switch r := r.(type) {
			case *ssa.DebugRef:
			case *ssa.Store:
				if fa, ok := r.Addr.(*ssa.FieldAddr); !ok || keptIn(deref(fa.X.Type()), fa.Field) != f {
					c.note(f, uses{foreign: true})
				}
			default:
				c.note(f, uses{foreign: true})
			}
		}
	default:
		c.note(f, uses{foreign: true})
	}
}

// maxCopies is how often a value that is made in parts may be copied.
const maxCopies = 3

// makesFor reports whether an address lies in an object that the function makes, and
// does not copy from elsewhere: in a copy are the channels of another object.
func makesFor(addr ssa.Value, copies int) bool {
	a, ok := madeBy(addr).(*ssa.Alloc)
	return ok && copies > 0 && !slices.ContainsFunc(*a.Referrers(), func(r ssa.Instruction) bool {
		s, ok := r.(*ssa.Store)
		if !ok || s.Addr != ssa.Value(a) {
			return false
		}
		from, ok := s.Val.(*ssa.UnOp)
		return !ok || !makesFor(from.X, copies-1)
	})
}

// flow follows what is loaded from a field.
type flow struct {
	census *fieldCensus
	f      *types.Var
	by     map[*types.Var]uses // of those who load it
	seen   map[ssa.Value]bool
}

func (c *fieldCensus) flow(f *types.Var, by map[*types.Var]uses) *flow {
	return &flow{c, f, by, map[ssa.Value]bool{}}
}

func (fl *flow) note(u uses) { fl.by[fl.f] = fl.by[fl.f].and(u) }

func (fl *flow) value(v ssa.Value) {
	if fl.seen[v] {
		return
	}
	fl.seen[v] = true
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.DebugRef, *ssa.BinOp:
		case *ssa.UnOp:
			fl.note(uses{recv: r.Op == token.ARROW, other: r.Op != token.ARROW})
		case *ssa.Send:
			fl.note(uses{send: true, other: r.X == v})
		case *ssa.Select:
			for _, s := range r.States {
				if s.Chan == v {
					fl.note(uses{recv: s.Dir == types.RecvOnly, send: s.Dir == types.SendOnly})
				}
				if s.Send == v {
					fl.note(uses{other: true})
				}
			}
		case *ssa.ChangeType:
			fl.census.handed[fl.f] = true
			if c, ok := r.Type().Underlying().(*types.Chan); ok && c.Dir() == types.RecvOnly {
				fl.note(uses{recv: true})
			} else {
				fl.note(uses{other: true})
			}
		case *ssa.Phi:
			fl.value(r)
		case *ssa.Store:
			if a, ok := r.Addr.(*ssa.Alloc); ok && r.Val == v {
				fl.variable(a)
			} else {
				fl.note(uses{other: true})
			}
		case ssa.CallInstruction:
			fl.argument(r.Common(), v)
		default:
			fl.note(uses{other: true})
		}
	}
}

// variable follows what is stored in a local variable, in closures too.
func (fl *flow) variable(at ssa.Value) {
	if fl.seen[at] {
		return
	}
	fl.seen[at] = true
	for _, r := range *at.Referrers() {
		switch r := r.(type) {
		case *ssa.DebugRef:
		case *ssa.Store:
			if r.Val == at {
				fl.note(uses{other: true})
			}
		case *ssa.UnOp:
			fl.value(r)
		case *ssa.MakeClosure:
			for i, b := range r.Bindings {
				if b == at {
					fl.variable(r.Fn.(*ssa.Function).FreeVars[i])
				}
			}
		default:
			fl.note(uses{other: true})
		}
	}
}

// argument follows what a call gets.
func (fl *flow) argument(c *ssa.CallCommon, v ssa.Value) {
	fn := c.StaticCallee()
	if fn == nil || fn.Blocks == nil || fn.Signature.Variadic() {
		fl.note(builtinUse(c))
		return
	}
	fl.census.handed[fl.f] = true
	for i, a := range c.Args {
		if a == v {
			fl.value(fn.Params[i])
		}
	}
}

// builtinUse is what a call does to its argument.
func builtinUse(c *ssa.CallCommon) uses {
	if bi, ok := c.Value.(*ssa.Builtin); ok {
		switch bi.Name() {
		case "len", "cap":
			return uses{}
		case "close":
			return uses{close: true}
		}
	}
	return uses{other: true}
}

// mode is what others get of a channel that is stored at an address of theirs, as a
// letter of Havoc; EscapeAll where more than the package can tell.
func (fu fieldUses) mode(addr ssa.Value, pkg *types.Package) byte {
	fa, ok := addr.(*ssa.FieldAddr)
	if !ok {
		return skeleton.EscapeAll
	}
	f := keptIn(deref(fa.X.Type()), fa.Field)
	if f == nil || f.Pkg() != pkg {
		return skeleton.EscapeAll
	}
	return fu.all(f).mode()
}

// mode is the letter of Havoc for what the uses do.
func (u uses) mode() byte {
	switch {
	case u.other, u.recv && (u.send || u.close):
		return skeleton.EscapeAll
	case u.recv:
		return skeleton.EscapeRecv
	case u.send, u.close:
		return skeleton.EscapeSend
	}
	return skeleton.EscapeNone
}

// closing reports whether all that ever happens to the channels of the field at
// an address is that they are closed: nobody sends.
func (fu fieldUses) closing(addr ssa.Value, pkg *types.Package) bool {
	fa, ok := addr.(*ssa.FieldAddr)
	if !ok {
		return false
	}
	f := keptIn(deref(fa.X.Type()), fa.Field)
	if f == nil || f.Pkg() != pkg {
		return false
	}
	u := fu.all(f)
	return u.close && !u.send && !u.other && !u.foreign
}
