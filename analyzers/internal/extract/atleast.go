package extract

import (
	"go/constant"
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// Whether a number is at least one, and who looks whether it is.
//
// What it computes: must, for a value where it is stored: constants of one and
// more, what the machine has of processors, the larger of two when one of them is,
// products, and what comes from a branch that tells so. Expressions are followed to
// a depth of four.

// atLeastOne reports whether a number is at least 1 on any machine, in the block where it is used.
func atLeastOne(v ssa.Value, at *ssa.BasicBlock) bool { return atLeastOneIn(v, at, 4) }

func atLeastOneIn(v ssa.Value, at *ssa.BasicBlock, depth int) bool {
	if depth == 0 {
		return false
	}
	switch v := v.(type) {
	case *ssa.Const:
		return v.Value != nil && v.Value.Kind() == constant.Int && constant.Sign(v.Value) > 0
	case *ssa.Call:
		if b, ok := v.Call.Value.(*ssa.Builtin); ok && (b.Name() == "max" || b.Name() == "min") {
			n := 0
			for _, a := range v.Call.Args {
				if atLeastOneIn(a, at, depth-1) {
					n++
				}
			}
			return n == len(v.Call.Args) || n > 0 && b.Name() == "max"
		}
		f := v.Call.StaticCallee()
		if f == nil {
			return false
		}
		if name := fullName(f); name == "runtime.NumCPU" || name == "runtime.GOMAXPROCS" {
			return true
		}
	case *ssa.BinOp:
		if v.Op == token.MUL && atLeastOneIn(v.X, at, depth-1) && atLeastOneIn(v.Y, at, depth-1) {
			return true
		}
	case *ssa.Phi:
		if v.Block() != at {
			return false
		}
		for i, e := range v.Edges {
			if from := at.Preds[i]; e != ssa.Value(v) && !atLeastOneIn(e, from, depth-1) && !branchTells(from, at, e) {
				return false
			}
		}
		return true
	}
	for d := at; d.Idom() != nil; d = d.Idom() {
		if len(d.Preds) == 1 && branchTells(d.Preds[0], d, v) {
			return true
		}
	}
	return false
}

// branchTells reports whether control that goes from one block to the next tells that a
// number is at least one.
func branchTells(from, to *ssa.BasicBlock, v ssa.Value) bool {
	last, ok := from.Instrs[len(from.Instrs)-1].(*ssa.If)
	if !ok || from.Succs[0] == from.Succs[1] {
		return false
	}
	b, ok := last.Cond.(*ssa.BinOp)
	if !ok || b.X != v && b.Y != v {
		return false
	}
	op, other := comparison(b, v)
	c, ok := other.(*ssa.Const)
	if !ok || c.Value == nil || c.Value.Kind() != constant.Int {
		return false
	}
	least := constant.Sign(c.Value) > 0
	switch yes := to == from.Succs[0]; op {
	case token.LSS:
		return !yes && least
	case token.GEQ:
		return yes && least
	case token.LEQ:
		return !yes && constant.Sign(c.Value) >= 0
	case token.GTR:
		return yes && constant.Sign(c.Value) >= 0
	case token.EQL:
		return yes && least
	}
	return false
}

// comparison is a comparison of v with something else, v on the left.
func comparison(b *ssa.BinOp, v ssa.Value) (op token.Token, other ssa.Value) {
	if b.Y != v {
		return b.Op, b.Y
	}
	switch b.Op {
	case token.LSS:
		return token.GTR, b.X
	case token.LEQ:
		return token.GEQ, b.X
	case token.GTR:
		return token.LSS, b.X
	case token.GEQ:
		return token.LEQ, b.X
	}
	return b.Op, b.X
}

// comparesWithZero reports whether b tests v against zero, or against one in
// a way that tells zero apart. A loop's i < n does not.
func comparesWithZero(b *ssa.BinOp, v ssa.Value) bool {
	switch op, other := comparison(b, v); op {
	case token.LSS, token.GEQ:
		return isCount(other, 1) && !rangeTest(b)
	case token.LEQ, token.GTR, token.EQL, token.NEQ:
		return isCount(other, 0) && !rangeTest(b)
	}
	return false
}

// isCount reports whether v is a constant of at most limit.
func isCount(v ssa.Value, limit int64) bool {
	c, ok := v.(*ssa.Const)
	if !ok || c.Value == nil || c.Value.Kind() != constant.Int {
		return false
	}
	n, exact := constant.Int64Val(c.Value)
	return exact && n <= limit
}

// rangeTest reports whether b is the test before a range over an integer.
func rangeTest(b *ssa.BinOp) bool {
	return !b.Pos().IsValid()
}
