package extract

import (
	"go/constant"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// reg returns the register of an SSA value, and makes one at first sight.
func (b *builder) reg(v ssa.Value) skeleton.Reg {
	if r, ok := b.regs[v]; ok {
		return r
	}
	r := b.fresh()
	b.regs[v] = r
	return r
}

func (b *builder) fresh() skeleton.Reg {
	r := skeleton.Reg(b.out.Regs)
	b.out.Regs++
	return r
}

// val returns the operand for an SSA value. What the slice left out is nil.
func (b *builder) val(v ssa.Value) skeleton.Arg {
	switch v := v.(type) {
	case *ssa.Const:
		return b.constant(v)
	case *ssa.Function:
		return skeleton.Fn(b.p.funcValue(v))
	case *ssa.Global:
		return skeleton.Global(v.RelString(nil))
	case *ssa.Builtin, nil:
		return skeleton.Nil()
	}
	if !b.plan.needs(v) {
		return skeleton.Nil()
	}
	return skeleton.R(b.reg(v))
}

// constant returns the operand of a constant; that of more than one cell is
// built in a register.
func (b *builder) constant(c *ssa.Const) skeleton.Arg {
	layout := b.p.lay.of(c.Type())
	if len(layout) > 1 {
		return b.zero(layout)
	}
	if c.Value == nil {
		return zeroCell(layout[0])
	}
	switch c.Value.Kind() {
	case constant.Bool:
		return skeleton.Bool(constant.BoolVal(c.Value))
	case constant.Int:
		if layout == "o" { // a float or complex
			break
		}
		if n, ok := constant.Int64Val(c.Value); ok {
			return skeleton.Int(n)
		}
		return skeleton.Int(1 << 62)
	case constant.String:
		return skeleton.Str(constant.StringVal(c.Value))
	}
	if constant.Sign(c.Value) == 0 {
		return skeleton.Str("")
	}
	return skeleton.Str(c.Value.ExactString())
}

// zero returns the zero value of a layout.
func (b *builder) zero(layout string) skeleton.Arg {
	if len(layout) == 1 {
		return zeroCell(layout[0])
	}
	args := make([]skeleton.Arg, len(layout))
	for i := range layout {
		args[i] = zeroCell(layout[i])
	}
	dst := b.fresh()
	b.emit(skeleton.Instr{Op: skeleton.Agg, Dst: dst, Args: args})
	return skeleton.R(dst)
}

func zeroCell(c byte) skeleton.Arg {
	switch c {
	case 'b':
		return skeleton.Bool(false)
	case 'i', 'u', 'n', 'm', 'r', 'w':
		return skeleton.Int(0)
	case 'o':
		return skeleton.Str("")
	}
	return skeleton.Nil()
}

// elem emits dst = cells off..off+w-1 of the aggregate a that has total cells.
func (b *builder) elem(dst skeleton.Reg, a skeleton.Arg, off, w, total int) {
	if w >= total {
		b.emit(skeleton.Instr{Op: skeleton.Copy, Dst: dst, Args: []skeleton.Arg{a}})
		return
	}
	b.emit(skeleton.Instr{Op: skeleton.Elem, Dst: dst, Args: []skeleton.Arg{a}, N: int32(off), M: int32(w)})
}

// extract emits the component of a tuple. The tuple's cells are those that the
// skeleton's instruction yields, which has the components in order.
func (b *builder) extract(e *ssa.Extract) {
	tuple := e.Tuple.Type().(*types.Tuple)
	off, total := 0, 0
	for i := range tuple.Len() {
		if i == e.Index {
			off = total
		}
		total += b.p.lay.width(tuple.At(i).Type())
	}
	w := b.p.lay.width(tuple.At(e.Index).Type())
	if n, ok := e.Tuple.(*ssa.Next); ok {
		b.extractNext(e, n)
		return
	}
	b.elem(b.reg(e), b.val(e.Tuple), off, w, total)
}

// sym emits dst = an unknown of a layout.
func (b *builder) sym(dst skeleton.Reg, layout string) {
	b.emit(skeleton.Instr{Op: skeleton.Sym, Dst: dst, Layout: layout})
}

// address emits the address of field i of what x points to.
func (b *builder) fieldAddr(v *ssa.FieldAddr) {
	off, ok := b.p.lay.offset(deref(v.X.Type()), v.Field)
	dst := b.reg(v)
	switch {
	case !ok:
		b.sym(dst, "p")
	default:
		b.emit(skeleton.Instr{Op: skeleton.Field, Dst: dst, Args: []skeleton.Arg{b.val(v.X)}, N: int32(off), Pos: b.pos(v.Pos())})
	}
}

// field emits field i of a struct value.
func (b *builder) field(v *ssa.Field) {
	off, ok := b.p.lay.offset(v.X.Type(), v.Field)
	dst := b.reg(v)
	if !ok {
		b.sym(dst, b.p.lay.of(v.Type()))
		return
	}
	b.elem(dst, b.val(v.X), off, b.p.lay.width(v.Type()), b.p.lay.width(v.X.Type()))
}

func (b *builder) indexAddr(v *ssa.IndexAddr) {
	dst := b.reg(v)
	x, i := b.val(v.X), b.val(v.Index)
	switch u := deref(v.X.Type()).Underlying().(type) {
	case *types.Slice:
		b.emit(skeleton.Instr{Op: skeleton.SliceAt, Dst: dst, Args: []skeleton.Arg{x, i}, Layout: b.p.lay.of(u.Elem()), Pos: b.pos(v.Pos())})
	case *types.Array:
		n, w, ok := b.p.lay.openArray(u)
		if !ok {
			b.sym(dst, "p")
			return
		}
		b.emit(skeleton.Instr{Op: skeleton.Index, Dst: dst, Args: []skeleton.Arg{x, i}, N: int32(n), M: int32(w), Pos: b.pos(v.Pos())})
	default:
		b.sym(dst, "p")
	}
}

// index emits element i of an array value or a string.
func (b *builder) index(v *ssa.Index) {
	dst := b.reg(v)
	n, w, ok := b.p.lay.openArray(v.X.Type())
	if !ok {
		b.sym(dst, b.p.lay.of(v.Type()))
		return
	}
	layout := b.p.lay.of(v.X.Type())
	if c, isConst := v.Index.(*ssa.Const); isConst {
		if i := c.Int64(); i >= 0 && i < int64(n) {
			b.elem(dst, b.val(v.X), int(i)*w, w, len(layout))
			return
		}
	}
	tmp, at := b.fresh(), b.fresh()
	b.emit(skeleton.Instr{Op: skeleton.Alloc, Dst: tmp, Layout: layout})
	b.emit(skeleton.Instr{Op: skeleton.Store, Dst: skeleton.NoReg, Args: []skeleton.Arg{skeleton.R(tmp), b.val(v.X)}, Layout: layout})
	b.emit(skeleton.Instr{Op: skeleton.Index, Dst: at, Args: []skeleton.Arg{skeleton.R(tmp), b.val(v.Index)}, N: int32(n), M: int32(w)})
	b.emit(skeleton.Instr{Op: skeleton.Load, Dst: dst, Args: []skeleton.Arg{skeleton.R(at)}, Layout: b.p.lay.of(v.Type())})
}
