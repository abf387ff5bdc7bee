package extract

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// instr translates one SSA instruction that is no end of a block.
func (b *builder) instr(in ssa.Instruction) {
	switch v := in.(type) {
	case *ssa.DebugRef, *ssa.Phi:
	case *ssa.Alloc:
		b.emit(skeleton.Instr{Op: skeleton.Alloc, Dst: b.reg(v), Layout: b.p.lay.of(deref(v.Type())), Places: b.p.places(v, deref(v.Type())), Name: b.name(v), Pos: b.pos(v.Pos())})
	case *ssa.BinOp:
		b.binOp(v)
	case *ssa.UnOp:
		b.unOp(v)
	case *ssa.Call:
		b.call(&v.Call, v)
	case *ssa.Go:
		b.later(skeleton.Spawn, v, v.Pos())
	case *ssa.Defer:
		b.later(skeleton.Defer, v, v.Pos())
	case *ssa.RunDefers:
		b.op(skeleton.RunDefers, b.pos(v.Pos()))
	case *ssa.ChangeInterface:
		b.copy(v, v.X)
	case *ssa.ChangeType:
		b.copy(v, v.X)
	case *ssa.SliceToArrayPointer:
		b.sym(b.reg(v), "p")
	case *ssa.Convert:
		b.convert(v, v.X)
	case *ssa.MultiConvert:
		b.sym(b.reg(v), b.p.lay.of(v.Type()))
	case *ssa.Extract:
		b.extract(v)
	case *ssa.Field:
		b.field(v)
	case *ssa.FieldAddr:
		b.fieldAddr(v)
	case *ssa.Index:
		b.index(v)
	case *ssa.IndexAddr:
		b.indexAddr(v)
	case *ssa.Lookup:
		b.lookup(v)
	case *ssa.MakeChan:
		elem := v.Type().Underlying().(*types.Chan).Elem()
		b.emit(skeleton.Instr{Op: skeleton.MakeChan, Dst: b.reg(v), Args: b.args(v.Size), Layout: b.p.lay.of(elem), Name: b.name(v), Pos: b.at(v.Pos())})
	case *ssa.MakeClosure:
		fn := v.Fn.(*ssa.Function)
		args := append([]skeleton.Arg{skeleton.Fn(b.p.ref(fn))}, b.args(v.Bindings...)...)
		b.emit(skeleton.Instr{Op: skeleton.Closure, Dst: b.reg(v), Args: args, Pos: b.pos(v.Pos())})
	case *ssa.MakeInterface:
		b.emit(skeleton.Instr{Op: skeleton.Iface, Dst: b.reg(v), Tag: b.p.disp.put(v.X.Type()), Args: b.args(v.X), N: b.privacy(v)})
	case *ssa.MakeMap:
		b.emit(skeleton.Instr{Op: skeleton.MakeMap, Dst: b.reg(v), Pos: b.at(v.Pos())})
	case *ssa.MakeSlice:
		elem := v.Type().Underlying().(*types.Slice).Elem()
		b.emit(skeleton.Instr{Op: skeleton.MakeSlice, Dst: b.reg(v), Args: b.args(v.Len, v.Cap), Layout: b.p.lay.of(elem), Name: b.name(v), Pos: b.at(v.Pos())})
	case *ssa.MapUpdate:
		m := v.Map.Type().Underlying().(*types.Map)
		b.emit(skeleton.Instr{Op: skeleton.MapSet, Dst: skeleton.NoReg, Args: b.args(v.Map, v.Key, v.Value), Layout: b.p.lay.of(m.Elem()), Pos: b.pos(v.Pos())})
	case *ssa.Next:
		b.next(v)
	case *ssa.Range:
		b.rangeOver(v)
	case *ssa.Select:
		b.selectInstr(v)
	case *ssa.Send:
		b.emit(skeleton.Instr{Op: skeleton.Send, Dst: skeleton.NoReg, Args: b.args(v.Chan, v.X), Name: b.name(v.Chan), Pos: b.pos(v.Pos())})
	case *ssa.Slice:
		b.slice(v)
	case *ssa.Store:
		b.store(v)
	case *ssa.TypeAssert:
		b.typeAssert(v)
	default:
		b.unsupported(in)
	}
}

// unsupported stands for what the translation does not know: the path is not followed.
func (b *builder) unsupported(in ssa.Instruction) {
	b.p.stats.Unsupported++
	b.op(skeleton.Stop, 0)
	if v, ok := in.(ssa.Value); ok {
		b.reg(v)
	}
}

func (b *builder) copy(dst, src ssa.Value) {
	b.emit(skeleton.Instr{Op: skeleton.Copy, Dst: b.reg(dst), Args: b.args(src)})
}

// binOps are the operators of integers.
var binOps = map[token.Token]string{
	token.ADD: "add", token.SUB: "sub", token.MUL: "mul", token.QUO: "quo", token.REM: "rem", token.AND: "and",
	token.OR: "or", token.XOR: "xor", token.SHL: "shl", token.SHR: "shr", token.EQL: "eq", token.NEQ: "ne",
	token.LSS: "lt", token.LEQ: "le", token.GTR: "gt", token.GEQ: "ge",
}

func (b *builder) binOp(v *ssa.BinOp) {
	layout, dst := b.p.lay.of(v.X.Type()), b.reg(v)
	equality := v.Op == token.EQL || v.Op == token.NEQ
	order := v.Op == token.LSS || v.Op == token.LEQ || v.Op == token.GTR || v.Op == token.GEQ
	tag := binOps[v.Op]
	switch {
	case b.ofZero(v):
	case tag == "",
		len(layout) > 1 && !equality,
		layout == "o" && !((equality || order) && isString(v.X.Type())):
		b.sym(dst, b.p.lay.of(v.Type()))
	default:
		b.emit(skeleton.Instr{Op: skeleton.Bin, Dst: dst, Tag: tag, Args: b.args(v.X, v.Y)})
	}
}

func isString(t types.Type) bool {
	u, ok := t.Underlying().(*types.Basic)
	return ok && u.Info()&types.IsString != 0
}

func (b *builder) unOp(v *ssa.UnOp) {
	dst := b.reg(v)
	switch v.Op {
	case token.MUL:
		if b.globalValue(v) {
			return
		}
		in := skeleton.Instr{Op: skeleton.Load, Dst: dst, Args: b.args(v.X), Layout: b.p.lay.at(v.X), Places: b.p.places(v.X, v.Type()), Pos: b.pos(v.Pos())}
		if fa, ok := v.X.(*ssa.FieldAddr); ok && (b.p.counted[countIn(deref(fa.X.Type()), fa.Field)] || b.p.settled(fa, v)) {
			in.Layout = "n"
		}
		in.Tag = b.loadTag(v)
		b.emit(in)
	case token.ARROW:
		if b.p.testAt(v.Pos()) && blocksForGood(v) {
			b.op(skeleton.Select, 0) // as an endless loop: whoever waits for it does so by design
			return
		}
		op := skeleton.Recv
		if v.CommaOk {
			op = skeleton.Recv2
		}
		elem := v.X.Type().Underlying().(*types.Chan).Elem()
		b.emit(skeleton.Instr{Op: op, Dst: dst, Args: b.args(v.X), Layout: b.p.lay.of(elem), Tag: rangeTag(v), Name: b.name(v.X), Pos: b.pos(b.rangePos(v.Pos()))})
	case token.NOT:
		b.emit(skeleton.Instr{Op: skeleton.Not, Dst: dst, Args: b.args(v.X)})
	case token.SUB:
		if b.p.lay.of(v.Type()) == "o" {
			b.sym(dst, "o")
			return
		}
		b.emit(skeleton.Instr{Op: skeleton.Neg, Dst: dst, Args: b.args(v.X)})
	default:
		b.sym(dst, b.p.lay.of(v.Type()))
	}
}

// loadTag is what is known of the value that a load gives.
func (b *builder) loadTag(v *ssa.UnOp) string {
	switch {
	case b.p.fields.closing(v.X, b.p.pkg):
		return skeleton.Closing
	case unwraps(v), b.p.madeAtFirst(v):
		return skeleton.There
	}
	return b.growingTag(v)
}

// convert keeps numbers, and what is referred to where the type tells it.
func (b *builder) convert(v *ssa.Convert, x ssa.Value) {
	from, to := b.p.lay.of(x.Type()), b.p.lay.of(v.Type())
	dst := b.reg(v)
	number := func(s string) bool { return s == "i" || s == "u" }
	_, isSlice := v.Type().Underlying().(*types.Slice)
	switch {
	case number(from) && number(to), isString(x.Type()) && isString(v.Type()):
		b.copy(v, x)
	case isString(x.Type()) && isSlice:
		n := b.fresh()
		elem := v.Type().Underlying().(*types.Slice).Elem()
		b.emit(skeleton.Instr{Op: skeleton.Len, Dst: n, Args: b.args(x)})
		b.emit(skeleton.Instr{Op: skeleton.MakeSlice, Dst: dst, Args: []skeleton.Arg{skeleton.R(n), skeleton.R(n)}, Layout: b.p.lay.of(elem), Pos: b.pos(v.Pos())})
	case to == "p" && isUnsafe(v.Type()):
		b.copy(v, x)
	case isUnsafe(x.Type()) && to == "u":
		b.sym(dst, to) // an address as a number
	case isUnsafe(x.Type()) || isUnsafe(v.Type()):
		b.emit(skeleton.Instr{Op: skeleton.Havoc, Dst: dst, Tag: string(rune(skeleton.EscapeAll)), Args: b.args(x), Layout: to})
	default:
		b.sym(dst, to)
	}
}

func isUnsafe(t types.Type) bool {
	u, ok := t.Underlying().(*types.Basic)
	return ok && u.Kind() == types.UnsafePointer
}

// store also tells the environment of what goes where the skeleton cannot see.
func (b *builder) store(v *ssa.Store) {
	if fa, ok := v.Addr.(*ssa.FieldAddr); ok {
		if _, seen := b.p.lay.offset(deref(fa.X.Type()), fa.Field); !seen {
			b.escape(v.Val)
			return
		}
	}
	in := skeleton.Instr{Op: skeleton.Store, Dst: skeleton.NoReg, Args: b.args(v.Addr, v.Val), Layout: b.p.lay.of(v.Val.Type()), Places: b.p.places(v.Addr, v.Val.Type()), Pos: b.pos(v.Pos())}
	if mode := b.p.fields.mode(v.Addr, b.p.pkg); mode != skeleton.EscapeAll {
		in.Tag = string(rune(mode))
	}
	b.emit(in)
}

// escape hands a value to the environment.
func (b *builder) escape(v ssa.Value) {
	mode := b.p.modes.ofValue(v)
	if mode == skeleton.EscapeNone {
		return
	}
	b.emit(skeleton.Instr{Op: skeleton.Havoc, Dst: skeleton.NoReg, Tag: string(rune(mode)), Args: b.args(v)})
}

func (b *builder) lookup(v *ssa.Lookup) {
	dst := b.reg(v)
	m, ok := v.X.Type().Underlying().(*types.Map)
	if !ok {
		b.sym(dst, b.p.lay.of(v.Type()))
		return
	}
	layout := b.p.lay.of(m.Elem())
	get := skeleton.Instr{Op: skeleton.MapGet, Dst: dst, Args: b.args(v.X, v.Index), Layout: layout, Pos: b.pos(v.Pos())}
	if v.CommaOk {
		b.emit(get)
		return
	}
	get.Dst = b.fresh()
	b.emit(get)
	b.elem(dst, skeleton.R(get.Dst), 0, len(layout), len(layout)+1)
}

// rangeOver begins a range over a map or a string. That of a string is a
// counter that runs to its length, kept in a cell.
func (b *builder) rangeOver(v *ssa.Range) {
	if _, isMap := v.X.Type().Underlying().(*types.Map); isMap {
		b.emit(skeleton.Instr{Op: skeleton.MapIter, Dst: b.reg(v), Args: b.args(v.X), Pos: b.pos(v.Pos())})
		return
	}
	b.emit(skeleton.Instr{Op: skeleton.Alloc, Dst: b.reg(v), Layout: "u"})
}

func (b *builder) next(v *ssa.Next) {
	dst := b.reg(v)
	rng := v.Iter.(*ssa.Range)
	if m, isMap := rng.X.Type().Underlying().(*types.Map); isMap {
		layout := b.p.lay.of(m.Key())[:1] + b.p.lay.of(m.Elem())
		b.emit(skeleton.Instr{Op: skeleton.MapNext, Dst: dst, Args: b.args(v.Iter), Layout: layout})
		return
	}
	iter := b.val(v.Iter)
	i, n, ok, up, r := b.fresh(), b.fresh(), b.fresh(), b.fresh(), b.fresh()
	b.emit(skeleton.Instr{Op: skeleton.Load, Dst: i, Args: []skeleton.Arg{iter}, Layout: "u"})
	b.emit(skeleton.Instr{Op: skeleton.Len, Dst: n, Args: b.args(rng.X)})
	b.emit(skeleton.Instr{Op: skeleton.Bin, Dst: ok, Tag: "lt", Args: []skeleton.Arg{skeleton.R(i), skeleton.R(n)}})
	b.emit(skeleton.Instr{Op: skeleton.Bin, Dst: up, Tag: "add", Args: []skeleton.Arg{skeleton.R(i), skeleton.Int(1)}})
	b.emit(skeleton.Instr{Op: skeleton.Store, Dst: skeleton.NoReg, Args: []skeleton.Arg{iter, skeleton.R(up)}, Layout: "u"})
	b.sym(r, "i")
	b.emit(skeleton.Instr{Op: skeleton.Agg, Dst: dst, Args: []skeleton.Arg{skeleton.R(ok), skeleton.R(i), skeleton.R(r)}})
}

// extractNext takes a component of what an iterator yields. A key of several
// cells is not known.
func (b *builder) extractNext(e *ssa.Extract, n *ssa.Next) {
	dst := b.reg(e)
	value := 1
	if m, ok := n.Iter.(*ssa.Range).X.Type().Underlying().(*types.Map); ok {
		value = b.p.lay.width(m.Elem())
		if e.Index == 1 && b.p.lay.width(m.Key()) > 1 {
			b.sym(dst, b.p.lay.of(m.Key()))
			return
		}
	}
	total := 2 + value
	switch e.Index {
	case 2:
		b.elem(dst, b.val(n), 2, value, total)
	default:
		b.elem(dst, b.val(n), e.Index, 1, total)
	}
}

func (b *builder) selectInstr(v *ssa.Select) {
	in := skeleton.Instr{Op: skeleton.Select, Dst: b.reg(v), Pos: b.pos(v.Pos())}
	if !v.Blocking {
		in.N = 1
	}
	for _, s := range v.States {
		c := skeleton.Case{Send: s.Dir == types.SendOnly, Chan: b.val(s.Chan), Name: b.name(s.Chan), Pos: b.pos(s.Pos)}
		if c.Send {
			c.Val = b.val(s.Send)
		} else {
			c.Layout = b.p.lay.of(s.Chan.Type().Underlying().(*types.Chan).Elem())
		}
		in.Cases = append(in.Cases, c)
	}
	b.emit(in)
}

func (b *builder) slice(v *ssa.Slice) {
	dst := b.reg(v)
	switch u := deref(v.X.Type()).Underlying().(type) {
	case *types.Slice:
		b.emit(skeleton.Instr{Op: skeleton.Slice, Dst: dst, Args: b.args(v.X, v.Low, v.High), Layout: b.p.lay.of(u.Elem())})
	case *types.Array:
		if u.Len() == 0 || isMade(v) { // make([]T, n) with a constant n
			length := skeleton.Int(u.Len())
			if v.High != nil {
				length = b.val(v.High)
			}
			b.emit(skeleton.Instr{
				Op: skeleton.MakeSlice, Dst: dst, Args: []skeleton.Arg{length, skeleton.Int(u.Len())},
				Layout: b.p.lay.of(u.Elem()), Name: b.name(v), Pos: b.at(v.X.Pos()),
			})
			return
		}
		n, _, ok := b.p.lay.openArray(u)
		if !ok {
			b.sym(dst, "p")
			return
		}
		b.emit(skeleton.Instr{Op: skeleton.Slice, Dst: dst, Args: b.args(v.X, v.Low, v.High), Layout: b.p.lay.of(u.Elem()), N: 1, M: int32(n)})
	default:
		b.sym(dst, b.p.lay.of(v.Type()))
	}
}

// isMade reports whether a slice is one that is made with a constant length:
// nothing else uses the array behind it.
func isMade(v *ssa.Slice) bool {
	a, ok := v.X.(*ssa.Alloc)
	return ok && a.Comment == "makeslice" && v.Low == nil
}

func (b *builder) typeAssert(v *ssa.TypeAssert) {
	in := skeleton.Instr{Op: skeleton.Assert, Dst: b.reg(v), Args: b.args(v.X), Tag: b.p.disp.asserted(v.AssertedType), Layout: b.p.lay.of(v.AssertedType), Pos: b.pos(v.Pos())}
	if types.IsInterface(v.AssertedType) {
		in.N = 1
	}
	if v.CommaOk {
		in.Op = skeleton.Assert2
	}
	b.emit(in)
}

// isNoReturn reports whether a panic is the one that go/ssa puts after a call
// that does not return.
func isNoReturn(p *ssa.Panic) bool {
	m, ok := p.X.(*ssa.MakeInterface)
	if !ok || p.Pos().IsValid() {
		return false
	}
	c, ok := m.X.(*ssa.Const)
	return ok && c.Value != nil && c.Value.Kind() == constant.String && constant.StringVal(c.Value) == "noreturn"
}

// rangeTag marks the receive of a range loop.
func rangeTag(v *ssa.UnOp) string {
	if v.CommaOk && v.Block().Comment == "rangechan.loop" {
		return "range"
	}
	return ""
}
