package extract

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Floats are opaque but for one thing: whether they are zero, with which a limit or a
// rate says that there is none. It is asked in several places, and the answers agree.
// Ignored: that a float which is compared with zero by > or <= may be negative.

// ofZero emits a comparison that tells a float from zero, and reports whether it is one.
func (b *builder) ofZero(v *ssa.BinOp) bool {
	if t, ok := v.X.Type().Underlying().(*types.Basic); !ok || t.Info()&types.IsFloat == 0 {
		return false
	}
	x, above, below := v.X, token.GTR, token.LEQ
	if isZero(v.X) {
		x, above, below = v.Y, token.LSS, token.GEQ
	} else if !isZero(v.Y) {
		return false
	}
	in := skeleton.Instr{Op: skeleton.Bin, Dst: b.reg(v), Args: append(b.args(x), zeroCell('o'))}
	switch v.Op {
	case token.EQL, below:
		in.Tag = "eq"
	case token.NEQ, above:
		in.Tag = "ne"
	default:
		return false
	}
	b.emit(in)
	return true
}
