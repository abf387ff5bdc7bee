package lostcancel

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// Paths from a derivation on which its cancel function is lost.
//
// What it computes: may, over the control-flow graph of the function, without
// regard to conditions but for that on the error of the same call. Bound: each
// block is visited twice at most, once for each answer to whether the context
// was used. A variable that is captured counts as used wherever a function
// literal that captures it is made, and everywhere if that is before the call.

// flow follows one derivation.
type flow struct {
	call   *ssa.Call
	err    ssa.Value                // the error of the call, or whether it went well; nil if it tells neither
	cancel map[ssa.Instruction]bool // uses of the cancel function
	ctx    map[ssa.Instruction]bool // uses of the context; nil if it matters for itself

	failing bool // only returns that give an error count
}

var errorType = types.Universe.Lookup("error").Type().Underlying().(*types.Interface)

// lost finds a path that loses the cancel function, nil if there is none.
func lost(info *types.Info, pkg *ssa.Package, c derivation) *loss {
	call := callAt(pkg, info, c.decl, c.call)
	if call == nil {
		return nil
	}
	f := &flow{call: call, cancel: map[ssa.Instruction]bool{}}
	for _, r := range *call.Referrers() {
		x, ok := r.(*ssa.Extract)
		if !ok {
			continue
		}
		t := call.Type().(*types.Tuple).At(x.Index).Type()
		switch {
		case x.Index == c.index:
			if !f.uses(x, c.name, f.cancel) {
				return nil
			}
		case named(t) == "Context" && fromBackground(call):
			f.ctx = map[ssa.Instruction]bool{}
			if !f.uses(x, nil, f.ctx) {
				f.ctx = nil
			}
		case types.Implements(t, errorType), types.Identical(t, types.Typ[types.Bool]):
			f.err = x
		}
	}
	l := f.follow()
	if l != nil {
		l.lit = call.Parent().Parent() != nil
	}
	return l
}

// callAt finds a call in the SSA form.
func callAt(pkg *ssa.Package, info *types.Info, decl *ast.FuncDecl, call *ast.CallExpr) *ssa.Call {
	obj, _ := info.Defs[decl.Name].(*types.Func)
	if obj == nil {
		return nil
	}
	fn := pkg.Prog.FuncValue(obj)
	if fn == nil {
		return nil
	}
	return callWithin(fn, call)
}

func callWithin(fn *ssa.Function, at *ast.CallExpr) *ssa.Call {
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			if call, ok := in.(*ssa.Call); ok && call.Pos() == at.Lparen {
				return call
			}
		}
	}
	for _, lit := range fn.AnonFuncs {
		if call := callWithin(lit, at); call != nil {
			return call
		}
	}
	return nil
}

// fromBackground reports whether a context is derived from one that never ends
// and keeps nobody: a context that is dropped with its cancel function is garbage.
func fromBackground(call *ssa.Call) bool {
	if len(call.Call.Args) == 0 {
		return false
	}
	parent, ok := call.Call.Args[0].(*ssa.Call)
	if !ok || call.Call.StaticCallee() == nil || parent.Call.StaticCallee() == nil {
		return false
	}
	switch parent.Call.StaticCallee().String() {
	case "context.Background", "context.TODO":
		return call.Call.StaticCallee().String() == "context.WithCancel" || call.Call.StaticCallee().String() == "context.WithCancelCause"
	}
	return false
}

// uses collects what uses a value that is assigned to a variable. It reports
// false if the value may be used at any time after the call.
func (f *flow) uses(v ssa.Value, name *ast.Ident, out map[ssa.Instruction]bool) bool {
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.DebugRef:
			if id, ok := r.Expr.(*ast.Ident); ok && name != nil && id.Pos() != name.Pos() {
				out[r] = true
			}
		case *ssa.Store:
			cell, ok := r.Addr.(*ssa.Alloc)
			if !ok || r.Val != v {
				out[r] = true
			} else if !f.usesOfCell(cell, name, out) {
				return false
			}
		default:
			out[r] = true
		}
	}
	return true
}

// usesOfCell is uses for a variable that is captured, or whose address is taken.
func (f *flow) usesOfCell(cell *ssa.Alloc, name *ast.Ident, out map[ssa.Instruction]bool) bool {
	for _, r := range *cell.Referrers() {
		switch r := r.(type) {
		case *ssa.Store:
			if r.Addr != cell {
				return false
			}
		case *ssa.DebugRef:
			if id, ok := r.Expr.(*ast.Ident); ok && name != nil && id.Pos() != name.Pos() && !r.IsAddr {
				out[r] = true
			}
		case *ssa.UnOp:
			out[r] = true
		default:
			if reaches(r.Block(), f.call.Block()) && !(r.Block() == f.call.Block() && after(r, f.call)) {
				return false
			}
			out[r] = true
		}
	}
	return true
}

// reaches reports whether there is a path from one block to another, or they are the same.
func reaches(from, to *ssa.BasicBlock) bool {
	seen := map[*ssa.BasicBlock]bool{}
	todo := []*ssa.BasicBlock{from}
	for len(todo) > 0 {
		b := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if b == to {
			return true
		}
		if !seen[b] {
			seen[b] = true
			todo = append(todo, b.Succs...)
		}
	}
	return false
}

// after reports whether an instruction follows another of its block, which no
// loop comes back to.
func after(in, call ssa.Instruction) bool {
	b := in.Block()
	for _, s := range b.Succs {
		if reaches(s, b) {
			return false
		}
	}
	for _, x := range b.Instrs {
		if x == call {
			return true
		}
		if x == in {
			return false
		}
	}
	return false
}

// place is where a path goes on.
type place struct {
	block *ssa.BasicBlock
	used  bool // whether the context was used
}

// follow searches breadth first, so that the loss that is nearest is found.
func (f *flow) follow() *loss {
	block := f.call.Block()
	at := 0
	for i, in := range block.Instrs {
		if in == ssa.Instruction(f.call) {
			at = i + 1
		}
	}
	seen := map[place]bool{}
	todo, l := f.through(place{block, f.ctx == nil}, block.Instrs[at:])
	for l == nil && len(todo) > 0 {
		p := todo[0]
		todo = todo[1:]
		if seen[p] {
			continue
		}
		seen[p] = true
		var next []place
		next, l = f.through(p, p.block.Instrs)
		todo = append(todo, next...)
	}
	return l
}

// through follows the instructions of a block to where the path goes on.
func (f *flow) through(p place, instrs []ssa.Instruction) ([]place, *loss) {
	for _, in := range instrs {
		switch {
		case f.cancel[in]:
			return nil, nil
		case f.ctx[in]:
			p.used = true
		case in == ssa.Instruction(f.call):
			if p.used {
				return nil, &loss{at: token.NoPos, again: true}
			}
			return nil, nil
		}
		if r, ok := in.(*ssa.Return); ok {
			if p.used && (!f.failing || fails(r)) {
				return nil, &loss{at: r.Pos()}
			}
			return nil, nil
		}
	}
	var next []place
	failed := f.failed(p.block)
	for i, s := range p.block.Succs {
		if i != failed && s != p.block.Parent().Recover {
			next = append(next, place{s, p.used})
		}
	}
	return next, nil
}

// failed is the index of the successor of a block that is for when the call
// itself failed, -1 if the block does not ask for that.
func (f *flow) failed(b *ssa.BasicBlock) int {
	if f.err == nil || len(b.Instrs) == 0 {
		return -1
	}
	cond, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
	if !ok {
		return -1
	}
	if f.isErr(cond.Cond) {
		return 1 // it did not go well
	}
	op, ok := cond.Cond.(*ssa.BinOp)
	if !ok || !f.isErr(op.X) && !f.isErr(op.Y) {
		return -1
	}
	if op.Op == token.EQL {
		return 1
	}
	return 0
}

// isErr reports whether a value is the error of the call, or is read from a
// variable that was assigned it.
func (f *flow) isErr(v ssa.Value) bool {
	if v == f.err {
		return true
	}
	load, ok := v.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return false
	}
	for _, r := range *f.err.Referrers() {
		if s, ok := r.(*ssa.Store); ok && s.Addr == load.X {
			return true
		}
	}
	return false
}
