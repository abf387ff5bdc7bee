package lockset

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/lazyssa"
	"github.com/concheck/concheck/analyzers/internal/library"
)

// Assertions: functions that only return if an argument is nil, say, such as those
// of a package for tests. A call of one is a branch whose other side goes nowhere.

// claim is what a call asserts: it only returns if (atom is val) == want. Without
// an atom it is about a constant.
type claim struct {
	atom, val string
	want      bool
}

// asserted decodes what a call asserts.
func (f *frame) asserted(c *ssa.CallCommon) (claims []claim) {
	fn := c.StaticCallee()
	if fn == nil {
		return nil
	}
	obj, ok := fn.Object().(*types.Func)
	if !ok || obj.Pkg() == nil {
		return nil
	}
	for _, p := range f.pkg.passes(obj) {
		if p.Param >= len(c.Args) || p.Other >= len(c.Args) {
			continue
		}
		var cl claim
		switch x := c.Args[p.Param]; p.Val {
		case "":
			cl.atom, cl.val, cl.want = f.equal(x, c.Args[p.Other])
			cl.want = cl.want == p.Is
		case "true":
			cl.atom, cl.val, cl.want = f.test(x)
			cl.want = cl.want == p.Is
		default:
			cl = claim{f.atom(x, 0), p.Val, p.Is}
		}
		claims = append(claims, cl)
	}
	return claims
}

// passes tells what has to hold for a function to return.
func (p *pkg) passes(fn *types.Func) []library.Passing {
	form, ok := p.pass.ResultOf[lazyssa.Analyzer].(*lazyssa.Form)
	if !ok || form.Passes == nil {
		return nil
	}
	return form.Passes(fn)
}

// pass runs what a call asserts: nil if the state says that it does not hold.
func (f *frame) pass(s *state, i ssa.Instruction, c *ssa.CallCommon) *state {
	claims := f.asserted(c)
	for _, cl := range claims {
		known := s.knows(cl.atom, cl.val)
		if cl.atom == "" {
			known = -1
			if cl.val == "true" {
				known = 1
			}
		}
		switch {
		case known != 0 && (known > 0) != cl.want:
			if _, seen := f.stops[i]; f.emit && !seen {
				f.stops[i] = true
			}
			return nil
		case known == 0 && f.watched[cl.atom]:
			s = s.clone()
			s.learn(cl.atom, cl.val, cl.want)
		}
	}
	if f.emit && len(claims) > 0 {
		f.stops[i] = false
	}
	return s
}
