package lockset

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/library"
)

// Assertions: functions that only return if an argument is nil, say, such as those
// of a package for tests. A call of one is a branch whose other side goes nowhere.

// asserted decodes what a call asserts: it only returns if (atom is val) == want.
func (f *frame) asserted(c *ssa.CallCommon) (atom, val string, want, ok bool) {
	fn := c.StaticCallee()
	if fn == nil {
		return "", "", false, false
	}
	obj, ok := fn.Object().(*types.Func)
	if !ok || obj.Pkg() == nil || obj.Pkg() == f.pkg.pass.Pkg {
		return "", "", false, false
	}
	p, ok := library.Passes(obj.Origin().FullName())
	if !ok || p.Param >= len(c.Args) {
		return "", "", false, false
	}
	if p.Val == "nil" {
		return f.atom(c.Args[p.Param], 0), "nil", p.Is, true
	}
	atom, val, want = f.test(c.Args[p.Param])
	return atom, val, want == p.Is, true
}

// pass runs what a call asserts: nil if the state says that it does not hold.
func (f *frame) pass(s *state, c *ssa.CallCommon) *state {
	atom, val, want, ok := f.asserted(c)
	if !ok {
		return s
	}
	if atom == "" { // a constant
		if (val == "true") == want {
			return s
		}
		return nil
	}
	switch known := s.knows(atom, val); {
	case known != 0 && (known > 0) != want:
		return nil
	case known == 0 && f.watched[atom]:
		s = s.clone()
		s.learn(atom, val, want)
	}
	return s
}
