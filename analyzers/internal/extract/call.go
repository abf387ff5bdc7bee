package extract

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// call translates a call: v takes the results.
func (b *builder) call(c *ssa.CallCommon, v *ssa.Call) {
	if bi, ok := c.Value.(*ssa.Builtin); ok {
		b.builtin(bi, c.Args, v)
		return
	}
	in := skeleton.Instr{Op: skeleton.Call, Dst: skeleton.NoReg, Name: b.callName(c), Pos: b.callPos(c.Pos())}
	if c.Signature().Results().Len() > 0 && b.plan.needs(v) {
		in.Dst, in.Layout = b.reg(v), b.resultLayout(v)
	}
	if b.iterate(v, in) {
		return
	}
	if b.p.isLaborious(v) {
		if in.Dst != skeleton.NoReg {
			in.Op = skeleton.Havoc
			b.emit(in)
		}
		return
	}
	if name := b.listed(c, v); name != "" && in.Dst != skeleton.NoReg {
		b.emit(skeleton.Instr{Op: skeleton.Sym, Dst: in.Dst, Layout: in.Layout, Args: []skeleton.Arg{skeleton.Str(name)}, Name: in.Name, Pos: in.Pos})
		in.Dst, in.Layout = skeleton.NoReg, ""
	}
	switch t, ok := b.p.callee(c); {
	case b.p.sleepsInBubble(v, t):
		b.op(skeleton.Exit, 0)
		return
	case t.model != nil:
		args := b.args(arguments(c)...)
		if !t.foreign && b.inline(t.model, in, args) {
			return
		}
		b.p.addModel(t.name)
		in.Args = append([]skeleton.Arg{skeleton.Fn(t.name)}, args...)
		in.Tag = b.abroad(t, v)
		b.emit(in)
		return
	case !t.body && !t.known && b.foreign(c) && len(b.p.world.callees(v)) == 0 && b.lend(c, in):
		return
	case ok && !t.body && !(c.IsInvoke() && b.p.own.typ(c.Value.Type())):
		b.unknown(t, v, in)
		return
	}
	b.callee(v, &in)
	if b.isOutcome(c) {
		in.N = skeleton.Outcome
	}
	b.emit(in)
}

// callee fills in whom a call, go or defer calls, with the arguments and what
// unknown code would get of them.
func (b *builder) callee(call ssa.CallInstruction, in *skeleton.Instr) {
	c := call.Common()
	t, ok := b.p.callee(c)
	if c.IsInvoke() && t.model != nil {
		b.p.addModel(t.name)
		in.Args = append([]skeleton.Arg{skeleton.Fn(t.name)}, b.args(arguments(c)...)...)
		in.Tag = b.abroad(t, call)
		return
	}
	in.Args = append([]skeleton.Arg{b.val(c.Value)}, b.args(c.Args...)...)
	in.Tag = b.abroad(t, call)
	if c.IsInvoke() {
		in.Method = c.Method.Name()
		b.p.disp.call(in.Method)
	}
	if c.IsInvoke() || c.StaticCallee() == nil {
		first := byte(skeleton.EscapeNone) // an unknown function: nothing more of it
		if c.IsInvoke() && b.p.own.typ(c.Value.Type()) {
			first = b.p.modes.ofType(c.Value.Type())
		}
		tag := []byte{first}
		for i, a := range c.Args {
			if ok { // the receiver is the first argument
				i++
			}
			tag = append(tag, b.p.own.mode(a, t.mode(i), b.plan.writes[call][i]))
		}
		in.Tag = string(tag)
	}
}

// abroad is what code out of sight would get of the arguments of a call, where the
// callee is a function of another package: it is taken for such where following
// other packages is too much. For other functions it is "".
func (b *builder) abroad(t target, call ssa.CallInstruction) string {
	if !t.foreign {
		return ""
	}
	return string(rune(skeleton.EscapeNone)) + b.gets(t, call) // nothing of the function
}

// gets is what an unknown callee gets of each argument, the receiver first.
func (b *builder) gets(t target, call ssa.CallInstruction) string {
	args := arguments(call.Common())
	tag := make([]byte, len(args))
	for i, a := range args {
		tag[i] = b.p.own.mode(a, t.mode(i), b.plan.writes[call][i])
	}
	return string(tag)
}

// unknown translates a call of a function that is only known by its name.
func (b *builder) unknown(t target, call ssa.CallInstruction, in skeleton.Instr) {
	c := call.Common()
	if op := t.ends(); op != skeleton.Invalid {
		end := skeleton.Instr{Op: op, Dst: skeleton.NoReg, Pos: in.Pos}
		if op == skeleton.Panic {
			end.Args = []skeleton.Arg{skeleton.Nil()}
		}
		b.emit(end)
		return
	}
	args, tag := arguments(c), b.gets(t, call)
	if t.makes != nil {
		effect := in
		effect.Op, effect.Tag, effect.Args = skeleton.Havoc, tag, b.args(args...)
		b.newError(t.makes, c, in, effect)
		return
	}
	in.Op, in.Tag, in.Args = skeleton.Havoc, tag, b.args(args...)
	if b.p.foreignResult(c) && in.Dst != skeleton.NoReg {
		in.N, in.M = skeleton.Foreign, b.p.answers(c)
		if b.isOutcome(c) {
			in.N |= skeleton.Outcome
		}
	}
	if in.Dst == skeleton.NoReg && allNone(in.Tag) {
		return
	}
	if allNone(in.Tag) {
		if name := b.answerOf(c); name != "" {
			in.Op, in.Tag, in.N, in.Args = skeleton.Sym, "", 0, []skeleton.Arg{skeleton.Str(name)}
		}
	}
	b.emit(in)
}

func allNone(tag string) bool {
	for i := range tag {
		if tag[i] != skeleton.EscapeNone {
			return false
		}
	}
	return true
}

// later translates go and defer.
func (b *builder) later(op skeleton.Op, call ssa.CallInstruction, pos token.Pos) {
	c := call.Common()
	in := skeleton.Instr{Op: op, Dst: skeleton.NoReg, Name: b.callName(c), Pos: b.pos(pos)}
	if bi, ok := c.Value.(*ssa.Builtin); ok {
		if fn := b.p.builtinFunc(bi, c.Args); fn != "" {
			if len(c.Args) > 0 {
				in.Name = b.name(c.Args[0])
			}
			in.Args = append([]skeleton.Arg{skeleton.Fn(fn)}, b.args(c.Args...)...)
			b.emit(in)
		}
		return
	}
	b.callee(call, &in)
	if op == skeleton.Spawn && (b.p.world.processWide(outermost(b.fn)) || b.p.world.once(call)) {
		in.N = 1
	}
	b.emit(in)
}

// builtin translates the call of a built-in function.
func (b *builder) builtin(bi *ssa.Builtin, args []ssa.Value, v *ssa.Call) {
	dst := skeleton.NoReg
	if b.plan.needs(v) && v.Call.Signature().Results().Len() > 0 {
		dst = b.reg(v)
	}
	in := skeleton.Instr{Dst: dst, Args: b.args(args...), Pos: b.callPos(v.Pos())}
	switch bi.Name() {
	case "len":
		in.Op = skeleton.Len
		if _, ok := args[0].Type().Underlying().(*types.Chan); ok {
			in.Tag = skeleton.Queued
		}
	case "cap":
		in.Op = skeleton.Cap
	case "close":
		in.Op, in.Name = skeleton.Close, b.name(args[0])
	case "append":
		in.Op = skeleton.Append
		in.Layout = b.p.lay.of(v.Type().Underlying().(*types.Slice).Elem())
		if isString(args[1].Type()) {
			b.sym(dst, "p")
			return
		}
	case "copy":
		s, ok := args[0].Type().Underlying().(*types.Slice)
		if !ok || isString(args[1].Type()) {
			if dst != skeleton.NoReg {
				b.sym(dst, "u")
			}
			return
		}
		in.Op, in.Layout = skeleton.CopySlice, b.p.lay.of(s.Elem())
	case "delete":
		in.Op = skeleton.MapDel
	case "min", "max":
		b.minmax(bi.Name(), args, dst, v.Type())
		return
	case "recover":
		in.Op = skeleton.Recover
	case "ssa:wrapnilchk":
		in.Op, in.Args = skeleton.Copy, in.Args[:1]
	default: // print, clear, complex, unsafe functions
		if dst != skeleton.NoReg {
			b.sym(dst, b.p.lay.of(v.Type()))
		}
		if bi.Name() == "clear" {
			in.Op, in.Tag = skeleton.Havoc, string(rune(skeleton.EscapeAll))
			break
		}
		return
	}
	b.emit(in)
}

func (b *builder) minmax(op string, args []ssa.Value, dst skeleton.Reg, t types.Type) {
	if dst == skeleton.NoReg {
		return
	}
	if b.p.lay.of(t) == "o" {
		b.sym(dst, "o")
		return
	}
	acc := b.val(args[0])
	for i, a := range args[1:] {
		r := dst
		if i < len(args)-2 {
			r = b.fresh()
		}
		b.emit(skeleton.Instr{Op: skeleton.Bin, Dst: r, Tag: op, Args: []skeleton.Arg{acc, b.val(a)}})
		acc = skeleton.R(r)
	}
	if len(args) == 1 {
		b.emit(skeleton.Instr{Op: skeleton.Copy, Dst: dst, Args: []skeleton.Arg{acc}})
	}
}

// inline copies a model of one block without calls to where it is called.
func (b *builder) inline(m *skeleton.Func, call skeleton.Instr, args []skeleton.Arg) bool {
	if len(m.Blocks) != 1 || len(args) != len(m.Params) {
		return false
	}
	body := m.Blocks[0]
	for i := range body {
		switch body[i].Op {
		case skeleton.Call, skeleton.Defer, skeleton.RunDefers, skeleton.Recover, skeleton.Spawn, skeleton.Panic, skeleton.Stop:
			return false
		}
	}
	regs := map[skeleton.Reg]skeleton.Reg{}
	arg := func(a skeleton.Arg) skeleton.Arg {
		switch {
		case a.Kind == skeleton.ArgFunc:
			b.p.addModel(a.S)
		case a.Kind != skeleton.ArgReg:
		case a.N < int64(len(args)):
			return args[a.N]
		default:
			return skeleton.R(regs[skeleton.Reg(a.N)])
		}
		return a
	}
	for i := range body {
		in := body[i]
		in.Args = nil
		for _, a := range body[i].Args {
			in.Args = append(in.Args, arg(a))
		}
		in.Cases = nil
		for _, c := range body[i].Cases {
			c.Chan, c.Val, c.Pos = arg(c.Chan), arg(c.Val), call.Pos
			in.Cases = append(in.Cases, c)
		}
		in.Pos = call.Pos
		if in.Name == "" {
			in.Name = call.Name
		}
		switch {
		case in.Op == skeleton.Return:
			b.results(call.Dst, in.Args)
			return true
		case in.Op.IsEnd():
			b.emit(in)
			return true
		}
		if d := in.Dst; d != skeleton.NoReg {
			in.Dst = b.fresh()
			if int(d) < len(args) {
				args[d] = skeleton.R(in.Dst)
			} else {
				regs[d] = in.Dst
			}
		}
		b.p.modelRefs(&in)
		b.emit(in)
	}
	return true
}

// results puts the results of an inlined function into a register.
func (b *builder) results(dst skeleton.Reg, args []skeleton.Arg) {
	switch {
	case dst == skeleton.NoReg || len(args) == 0:
	case len(args) == 1:
		b.emit(skeleton.Instr{Op: skeleton.Copy, Dst: dst, Args: args})
	default:
		b.emit(skeleton.Instr{Op: skeleton.Agg, Dst: dst, Args: args})
	}
}
