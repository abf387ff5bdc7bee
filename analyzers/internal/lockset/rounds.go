package lockset

import (
	"go/constant"
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// Loops over a count that was found not to be zero: they run at least once. That
// a count is less than zero nobody means.

// aRound is what the condition of a loop that counts up from zero stands for: it
// holds when control first comes to it if the count is not zero.
type aRound struct{ holds, count string }

// findRounds finds the loops that count up from zero, by their headers.
func (f *frame) findRounds() {
	f.rounds = map[*ssa.BasicBlock]aRound{}
	for _, b := range f.fn.Blocks {
		last, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		c, ok := last.Cond.(*ssa.BinOp)
		if !ok {
			continue
		}
		x, y := c.X, c.Y
		switch c.Op {
		case token.LSS:
		case token.GTR:
			x, y = y, x
		default:
			continue
		}
		if !countsUp(b, x) {
			continue
		}
		atom, val, want := f.compare(c)
		if val == "true" && want {
			f.rounds[b] = aRound{atom, f.atom(y, 0)}
			f.watched[f.atom(y, 0)] = true
		}
	}
}

// countsUp reports whether a value is zero whenever control comes to a loop
// header from outside of the loop.
func countsUp(header *ssa.BasicBlock, v ssa.Value) bool {
	start := int64(0)
	if sum, ok := v.(*ssa.BinOp); ok && sum.Op == token.ADD && isInt(sum.Y, 1) { // as range counts
		v, start = sum.X, -1
	}
	if start < 0 && isInt(v, start) {
		return true // there is no second round
	}
	phi, ok := v.(*ssa.Phi)
	if !ok || phi.Block() != header {
		return false
	}
	outside := 0
	for k, e := range phi.Edges {
		if header.Dominates(header.Preds[k]) {
			continue
		}
		if !isInt(e, start) {
			return false
		}
		outside++
	}
	return outside > 0
}

func isInt(v ssa.Value, n int64) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.Value != nil && c.Value.Kind() == constant.Int && c.Int64() == n
}

// firstRound learns, as control comes to a loop from outside, that its condition holds.
func (f *frame) firstRound(s *state, to *ssa.BasicBlock) *state {
	r, ok := f.rounds[to]
	if !ok || s.knows(r.count, "0") != -1 {
		return s
	}
	s = s.clone()
	s.learn(r.holds, "true", true)
	return s
}
