package extract

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// What code can do to a channel that is kept in an unexported field: only the
// package can name the field, so its functions tell. What it computes: may,
// over all functions of the package, by the instructions that use what is
// loaded from the field. A load that flows anywhere else may be used for
// anything.

// fieldUses maps fields to what is done to the channels loaded from them.
type fieldUses map[*types.Var]uses

type uses struct {
	recv, send, close, other bool
	foreign                  bool // the field holds channels that are not made for it
}

// findFieldUses collects the uses of all unexported fields that hold channels.
func findFieldUses(g *graph) fieldUses {
	fu := fieldUses{}
	for _, fn := range g.funcs {
		for _, b := range fn.Blocks {
			for _, in := range b.Instrs {
				switch v := in.(type) {
				case *ssa.FieldAddr:
					if f := keptIn(deref(v.X.Type()), v.Field); f != nil {
						fu.address(f, v)
					}
				case *ssa.Field:
					if f := keptIn(v.X.Type(), v.Field); f != nil {
						fu.value(f, v)
					}
				}
			}
		}
	}
	return fu
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

func (fu fieldUses) address(f *types.Var, addr ssa.Value) {
	for _, r := range *addr.Referrers() {
		switch r := r.(type) {
		case *ssa.DebugRef:
		case *ssa.Store:
			if r.Addr != addr {
				fu.note(f, uses{other: true})
				break
			}
			fu.stored(f, r.Val)
		case *ssa.UnOp:
			fu.value(f, r)
		default:
			fu.note(f, uses{other: true})
		}
	}
}

// stored notes what a field is set to.
func (fu fieldUses) stored(f *types.Var, v ssa.Value) {
	switch v := v.(type) {
	case *ssa.Const: // nil
	case *ssa.MakeChan:
		for _, r := range *v.Referrers() {
			switch r := r.(type) {
			case *ssa.DebugRef:
			case *ssa.Store:
				if fa, ok := r.Addr.(*ssa.FieldAddr); !ok || keptIn(deref(fa.X.Type()), fa.Field) != f {
					fu.note(f, uses{foreign: true})
				}
			default:
				fu.note(f, uses{foreign: true})
			}
		}
	default:
		fu.note(f, uses{foreign: true})
	}
}

func (fu fieldUses) value(f *types.Var, v ssa.Value) {
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.DebugRef, *ssa.BinOp:
		case *ssa.UnOp:
			fu.note(f, uses{recv: r.Op == token.ARROW, other: r.Op != token.ARROW})
		case *ssa.Send:
			fu.note(f, uses{send: true, other: r.X == v})
		case *ssa.Select:
			for _, s := range r.States {
				if s.Chan == v {
					fu.note(f, uses{recv: s.Dir == types.RecvOnly, send: s.Dir == types.SendOnly})
				}
				if s.Send == v {
					fu.note(f, uses{other: true})
				}
			}
		case *ssa.ChangeType:
			if c, ok := r.Type().Underlying().(*types.Chan); ok && c.Dir() == types.RecvOnly {
				fu.note(f, uses{recv: true})
			} else {
				fu.note(f, uses{other: true})
			}
		case ssa.CallInstruction:
			fu.note(f, builtinUse(r.Common()))
		default:
			fu.note(f, uses{other: true})
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

func (fu fieldUses) note(f *types.Var, u uses) {
	was := fu[f]
	fu[f] = uses{was.recv || u.recv, was.send || u.send, was.close || u.close, was.other || u.other, was.foreign || u.foreign}
}

// mode is what others get of a channel that is stored at an address, as a
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
	switch u := fu[f]; {
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
	u := fu[f]
	return u.close && !u.send && !u.other && !u.foreign
}
