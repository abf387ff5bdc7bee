package extract

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// builder makes the skeleton of one function.
//
// Blocks that hold nothing kept are left out: an edge into one leads on to the
// next block that is kept on every path from there. The two ways of a phi are
// copies at the ends of the blocks before it, in blocks of their own where the
// edge comes from a branch.
type builder struct {
	p      *program
	fn     *ssa.Function
	plan   *plan
	out    *skeleton.Func
	regs   map[ssa.Value]skeleton.Reg
	blocks map[int]int32       // SSA block index -> skeleton block
	cur    int32               // block that emit appends to
	exits  map[token.Pos]int32 // blocks that leave the function where its results do not matter, by the return
	idle   int32               // block that never ends, -1 before it is needed
}

func (p *program) build(fn *ssa.Function) *skeleton.Func {
	b := &builder{
		p: p, fn: fn, plan: p.planOf(fn),
		out:    &skeleton.Func{Name: p.names[fn], Recover: -1, Pos: p.pos(fn.Pos()), Short: shortName(fn), Library: isWrapper(fn)},
		regs:   map[ssa.Value]skeleton.Reg{},
		blocks: map[int]int32{},
		exits:  map[token.Pos]int32{}, idle: -1,
	}
	for _, v := range fn.Params {
		b.out.Params = append(b.out.Params, skeleton.Param{Name: v.Name(), Layout: p.paramLayout(v)})
		b.reg(v)
	}
	for _, v := range fn.FreeVars {
		b.out.Frees = append(b.out.Frees, skeleton.Param{Name: v.Name(), Layout: p.lay.of(v.Type())})
		b.reg(v)
	}
	b.out.Results = p.resultLayouts(fn.Signature)
	if n := len(b.out.Results); p.drops[fn] {
		b.out.Results[n-1] = "p:" + string(rune(skeleton.ResultError))
	}
	b.newBlock()
	for _, blk := range fn.Blocks {
		if b.plan.live[blk.Index] {
			if blk.Index == 0 {
				b.blocks[0] = 0
			} else {
				b.blocks[blk.Index] = b.newBlock()
			}
		}
	}
	if !b.plan.live[0] {
		b.cur = 0
		b.jump(b.next0(0))
	}
	for _, blk := range fn.Blocks {
		if n, ok := b.blocks[blk.Index]; ok {
			b.cur = n
			b.block(blk)
		}
	}
	if r := fn.Recover; r != nil && b.plan.defers {
		if n, ok := b.blocks[r.Index]; ok {
			b.out.Recover = n
		} else {
			b.out.Recover = b.exitBlock(r.Index)
		}
	}
	return b.out
}

func (b *builder) newBlock() int32 {
	b.out.Blocks = append(b.out.Blocks, nil)
	return int32(len(b.out.Blocks) - 1)
}

// isWrapper reports whether fn is code that nobody wrote: a promoted method, a
// method value or expression. What happens in it, happens at its call.
func isWrapper(fn *ssa.Function) bool {
	return fn.Synthetic != "" && fn.Syntax() == nil && fn.Synthetic != "package initializer"
}

// emit appends to the current block, unless that has its end.
func (b *builder) emit(in skeleton.Instr) {
	blk := &b.out.Blocks[b.cur]
	if n := len(*blk); n > 0 && (*blk)[n-1].Op.IsEnd() {
		return
	}
	*blk = append(*blk, in)
}

func (b *builder) op(op skeleton.Op, pos skeleton.Pos) {
	b.emit(skeleton.Instr{Op: op, Dst: skeleton.NoReg, Pos: pos})
}

func (b *builder) args(vs ...ssa.Value) []skeleton.Arg {
	out := make([]skeleton.Arg, len(vs))
	for i, v := range vs {
		if v != nil {
			out[i] = b.val(v)
		}
	}
	return out
}

// block translates what is kept of a block, and its end.
func (b *builder) block(blk *ssa.BasicBlock) {
	last := blk.Instrs[len(blk.Instrs)-1]
	for _, in := range blk.Instrs {
		_, runs := in.(*ssa.RunDefers)
		if b.plan.keeps(in) || runs && b.plan.defers && b.plan.keeps(last) {
			b.instr1(blk, in)
		}
	}
	switch last.(type) {
	case *ssa.Return, *ssa.Panic:
		if b.plan.keeps(last) {
			return
		}
		b.leave(blk)
	case *ssa.If:
		if b.plan.keeps(last) {
			return
		}
		b.jump(b.after(blk.Index))
	case *ssa.Jump:
		b.edgeJump(blk, blk.Succs[0])
	}
}

// instr1 translates an instruction, ends of blocks included.
func (b *builder) instr1(blk *ssa.BasicBlock, in ssa.Instruction) {
	switch v := in.(type) {
	case *ssa.If:
		t, e := b.edge(blk, blk.Succs[0]), b.edge(blk, blk.Succs[1])
		b.emit(skeleton.Instr{Op: skeleton.Branch, Dst: skeleton.NoReg, Args: b.args(v.Cond), Then: t, Else: e, Pos: b.pos(v.Cond.Pos())})
	case *ssa.Jump:
	case *ssa.Return:
		b.emit(skeleton.Instr{Op: skeleton.Return, Dst: skeleton.NoReg, Args: b.returned(v), Pos: b.pos(returnPos(v))})
	case *ssa.Panic:
		if isNoReturn(v) {
			b.op(skeleton.Stop, 0)
			return
		}
		b.emit(skeleton.Instr{Op: skeleton.Panic, Dst: skeleton.NoReg, Args: b.args(v.X), Pos: b.pos(b.p.callStart(v.Pos()))})
	default:
		b.instr(in)
	}
}

// returned are the results of a return; those that nobody needs are zero, as
// they take their cells all the same.
func (b *builder) returned(r *ssa.Return) []skeleton.Arg {
	out := make([]skeleton.Arg, len(r.Results))
	for i, v := range r.Results {
		if b.plan.needs(v) {
			out[i] = b.val(v)
		} else {
			out[i] = b.noResult(v.Type())
		}
	}
	return out
}

// noResult stands for a result that no caller in sight reads.
func (b *builder) noResult(t types.Type) skeleton.Arg {
	layout := b.p.lay.of(t)
	if !b.p.api[b.fn] {
		return b.zero(layout)
	}
	r := b.fresh()
	b.sym(r, layout)
	return skeleton.R(r)
}

// next0 is the skeleton block where control goes on from the edge into block i.
func (b *builder) next0(i int) int32 {
	if n, ok := b.blocks[i]; ok {
		return n
	}
	return b.after(i)
}

// after is where control goes on behind block i if its end is not kept.
func (b *builder) after(i int) int32 {
	c := b.plan.control
	from := i
	for {
		i = c.ipdom[i]
		if i < 0 || i >= len(b.fn.Blocks) {
			if !c.ends[from] {
				return b.idleBlock()
			}
			return b.exitBlock(from)
		}
		if n, ok := b.blocks[i]; ok {
			return n
		}
	}
}

// edge returns the block that the edge from one block to another leads to,
// which is a new one if values of phis change hands on it.
func (b *builder) edge(from, to *ssa.BasicBlock) int32 {
	copies := b.phiCopies(from, to)
	target := b.next0(to.Index)
	if len(copies) == 0 {
		return target
	}
	n := b.newBlock()
	b.out.Blocks[n] = append(copies, skeleton.Instr{Op: skeleton.Jump, Dst: skeleton.NoReg, Then: target})
	return n
}

func (b *builder) edgeJump(from, to *ssa.BasicBlock) {
	target := b.next0(to.Index)
	for _, c := range b.phiCopies(from, to) {
		b.emit(c)
	}
	b.jump(target)
}

func (b *builder) jump(target int32) {
	b.emit(skeleton.Instr{Op: skeleton.Jump, Dst: skeleton.NoReg, Then: target})
}

// phiCopies are the assignments to the phis of a block on one of the edges
// into it. They happen at once: where one reads what another has set, all go
// through registers of their own.
func (b *builder) phiCopies(from, to *ssa.BasicBlock) []skeleton.Instr {
	if _, ok := b.blocks[to.Index]; !ok {
		return nil
	}
	k := -1
	for i, p := range to.Preds {
		if p == from {
			k = i
		}
	}
	var dsts []skeleton.Reg
	var srcs []skeleton.Arg
	saved := b.cur
	pre := b.newBlock() // takes what constants of several cells need
	b.cur = pre
	for _, in := range to.Instrs {
		phi, ok := in.(*ssa.Phi)
		if !ok {
			break
		}
		if b.plan.needs(phi) {
			dsts = append(dsts, b.reg(phi))
			srcs = append(srcs, b.val(phi.Edges[k]))
		}
	}
	out := b.out.Blocks[pre]
	b.out.Blocks = b.out.Blocks[:pre]
	b.cur = saved
	copyTo := func(d skeleton.Reg, a skeleton.Arg) {
		if a.Kind == skeleton.ArgReg && skeleton.Reg(a.N) == d {
			return
		}
		out = append(out, skeleton.Instr{Op: skeleton.Copy, Dst: d, Args: []skeleton.Arg{a}})
	}
	if overlap(dsts, srcs) {
		for i, a := range srcs {
			tmp := b.fresh()
			copyTo(tmp, a)
			srcs[i] = skeleton.R(tmp)
		}
	}
	for i, d := range dsts {
		copyTo(d, srcs[i])
	}
	return out
}

// overlap reports whether a copy reads what one before it has set.
func overlap(dsts []skeleton.Reg, srcs []skeleton.Arg) bool {
	for i, d := range dsts {
		for _, a := range srcs[i+1:] {
			if a.Kind == skeleton.ArgReg && skeleton.Reg(a.N) == d {
				return true
			}
		}
	}
	return false
}

// leave ends a block that leaves the function where its results do not matter.
func (b *builder) leave(blk *ssa.BasicBlock) {
	in := skeleton.Instr{Op: skeleton.Return, Dst: skeleton.NoReg}
	if r, ok := blk.Instrs[len(blk.Instrs)-1].(*ssa.Return); ok {
		in.Pos = b.pos(r.Pos())
	}
	if b.plan.defers {
		b.op(skeleton.RunDefers, 0)
	}
	in.Args = b.noResults()
	b.emit(in)
}

// noResults are results that nobody reads.
func (b *builder) noResults() []skeleton.Arg {
	res := b.fn.Signature.Results()
	out := make([]skeleton.Arg, res.Len())
	for i := range out {
		out[i] = b.noResult(res.At(i).Type())
	}
	return out
}

// exitBlock leaves the function from block i on, whose ends do not matter. If
// all of these are one return, that is it.
func (b *builder) exitBlock(i int) int32 {
	pos := b.onlyReturn(i)
	if n, ok := b.exits[pos]; ok {
		return n
	}
	saved := b.cur
	n := b.newBlock()
	b.exits[pos] = n
	b.cur = n
	if b.plan.defers {
		b.op(skeleton.RunDefers, 0)
	}
	b.emit(skeleton.Instr{Op: skeleton.Return, Dst: skeleton.NoReg, Args: b.noResults(), Pos: b.pos(pos)})
	b.cur = saved
	return n
}

// returnPos is the position of a return: at the closing brace, where no
// statement says so.
func returnPos(r *ssa.Return) token.Pos {
	if r.Pos().IsValid() || r.Parent().Syntax() == nil {
		return r.Pos()
	}
	return r.Parent().Syntax().End() - 1
}

// onlyReturn is the position of the return that block i leads to, if there is one only.
func (b *builder) onlyReturn(i int) token.Pos {
	pos := token.NoPos
	seen := map[int]bool{i: true}
	for work := []int{i}; len(work) > 0; {
		blk := b.fn.Blocks[work[0]]
		work = work[1:]
		if r, ok := blk.Instrs[len(blk.Instrs)-1].(*ssa.Return); ok {
			if pos.IsValid() && pos != returnPos(r) {
				return token.NoPos
			}
			pos = returnPos(r)
		}
		for _, s := range blk.Succs {
			if !seen[s.Index] {
				seen[s.Index] = true
				work = append(work, s.Index)
			}
		}
	}
	return pos
}

// idleBlock stands for an endless loop that does nothing to anybody.
func (b *builder) idleBlock() int32 {
	if b.idle < 0 {
		saved := b.cur
		b.idle = b.newBlock()
		b.cur = b.idle
		b.op(skeleton.Select, 0)
		b.op(skeleton.Stop, 0)
		b.cur = saved
	}
	return b.idle
}

func (b *builder) pos(pos token.Pos) skeleton.Pos { return b.p.pos(pos) }

// callPos is where a call starts, from the parenthesis that go/ssa gives.
func (b *builder) callPos(pos token.Pos) skeleton.Pos { return b.p.pos(b.p.callStart(pos)) }

// at is callPos for what may or may not be written as a call.
func (b *builder) at(pos token.Pos) skeleton.Pos { return b.callPos(pos) }

// rangePos is the for statement of a receive that a range loop makes.
func (b *builder) rangePos(pos token.Pos) token.Pos { return pos }
