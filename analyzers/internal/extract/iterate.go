package extract

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// A range over an iterator that nobody knows runs its body any number of
// times: the call of the iterator becomes a loop that calls the body until
// that returns false.

// yields returns the argument of a call that is the body of a range over a function.
func yields(c *ssa.CallCommon) (int, *ssa.Function) {
	for i, a := range c.Args {
		if mc, ok := a.(*ssa.MakeClosure); ok && isYield(mc.Fn.(*ssa.Function)) {
			return i, mc.Fn.(*ssa.Function)
		}
	}
	return 0, nil
}

// unseen reports whether a call can only be of code that nobody knows.
func (w *world) unseen(c ssa.CallInstruction) bool {
	com := c.Common()
	t, ok := w.p.callee(com)
	if t.model != nil || t.body || len(w.callees(c)) > 0 {
		return false
	}
	if ok || com.IsInvoke() {
		return true
	}
	sig, isSig := com.Value.Type().Underlying().(*types.Signature)
	return isSig && !w.own.likeModels(sig)
}

// iterate translates a call of an unknown iterator with the body of a range.
func (b *builder) iterate(v *ssa.Call, in skeleton.Instr) bool {
	k, body := yields(&v.Call)
	if body == nil || !b.p.world.unseen(v) || !b.plan.needs(v.Call.Args[k]) {
		return false
	}
	havoc := skeleton.Instr{Op: skeleton.Havoc, Dst: skeleton.NoReg, Name: in.Name, Pos: in.Pos}
	for i, a := range v.Call.Args {
		if i != k {
			havoc.Args = append(havoc.Args, b.val(a))
			havoc.Tag += string(rune(b.p.own.mode(a, 0, b.plan.writes[v][i])))
		}
	}
	if !allNone(havoc.Tag) {
		b.emit(havoc)
	}
	n, i, more, again, up := b.fresh(), b.fresh(), b.fresh(), b.fresh(), b.fresh()
	b.emit(skeleton.Instr{Op: skeleton.FreshCount, Dst: n, Pos: in.Pos})
	b.emit(skeleton.Instr{Op: skeleton.Copy, Dst: i, Args: []skeleton.Arg{skeleton.Int(0)}})
	test, round, next, done := b.newBlock(), b.newBlock(), b.newBlock(), b.newBlock()
	b.jump(test)
	b.cur = test
	b.emit(skeleton.Instr{Op: skeleton.Bin, Dst: more, Tag: "lt", Args: []skeleton.Arg{skeleton.R(i), skeleton.R(n)}})
	b.emit(skeleton.Instr{Op: skeleton.Branch, Dst: skeleton.NoReg, Args: []skeleton.Arg{skeleton.R(more)}, Then: round, Else: done, Pos: in.Pos})
	b.cur = round
	call := skeleton.Instr{Op: skeleton.Call, Dst: again, Layout: "b", Args: []skeleton.Arg{b.val(v.Call.Args[k])}, Name: in.Name, Pos: in.Pos}
	for _, p := range body.Params {
		r := b.fresh()
		b.sym(r, b.p.lay.of(p.Type()))
		call.Args = append(call.Args, skeleton.R(r))
	}
	b.emit(call)
	b.emit(skeleton.Instr{Op: skeleton.Branch, Dst: skeleton.NoReg, Args: []skeleton.Arg{skeleton.R(again)}, Then: next, Else: done})
	b.cur = next
	b.emit(skeleton.Instr{Op: skeleton.Bin, Dst: up, Tag: "add", Args: []skeleton.Arg{skeleton.R(i), skeleton.Int(1)}})
	b.emit(skeleton.Instr{Op: skeleton.Copy, Dst: i, Args: []skeleton.Arg{skeleton.R(up)}})
	b.jump(test)
	b.cur = done
	return true
}

// isYield reports whether fn is the body of a range over a function.
func isYield(fn *ssa.Function) bool { return fn.Synthetic == "range-over-func yield" }
