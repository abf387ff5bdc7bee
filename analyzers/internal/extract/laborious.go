package extract

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// A laborious function changes nothing that matters and takes many decisions,
// or loops, to compute its results: it parses, searches, compares. Each of its
// paths would be followed, and all that the schedule learns is a flag or an
// error. Its results are taken to be unknown, each time anew; small functions,
// getters and tests among them, are looked into.
//
// What may refer to an object that the package made is never taken to be
// unknown, so that a result which leads to a channel stays what it is.

// maxDecisions is how many branches a function that is looked into takes to
// compute a result, with those it calls.
const maxDecisions = 8

// findLaborious finds such functions in what a first slicing has kept.
func (s *slicer) findLaborious() map[*ssa.Function]bool {
	out := map[*ssa.Function]bool{}
	cost := map[*ssa.Function]int{}
	for _, fn := range s.w.funcs {
		if s.entry[fn] && !s.active[fn] && !s.simple[fn] && s.dataOnly(fn) && s.decisions(fn, cost) > maxDecisions {
			out[fn] = true
		}
	}
	return out
}

// dataOnly reports whether the needed results of a function lead to nothing
// that the package made.
func (s *slicer) dataOnly(fn *ssa.Function) bool {
	if fn.Parent() != nil {
		return false // its results may be variables of the function around it
	}
	some := false
	for i, needed := range s.result[fn] {
		if !needed {
			continue
		}
		some = true
		t := fn.Signature.Results().At(i).Type()
		if !types.Identical(t, errorType) && s.w.own.typ(t) {
			return false
		}
	}
	return some
}

// decisions counts the branches that are kept of a function and of the
// functions that it calls. A loop or a recursion counts as too many.
func (s *slicer) decisions(fn *ssa.Function, cost map[*ssa.Function]int) int {
	if n, ok := cost[fn]; ok {
		return n
	}
	cost[fn] = maxDecisions + 1
	n := 0
	pl := s.plans[fn]
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			if !pl.kept[in] {
				continue
			}
			switch in := in.(type) {
			case *ssa.If:
				n++
				if hasLoop(fn) {
					n = maxDecisions + 1
				}
			case ssa.CallInstruction:
				for _, f := range s.w.callees(in) {
					if s.plans[f] != nil {
						n += s.decisions(f, cost)
					}
				}
			}
			if n > maxDecisions {
				return n
			}
		}
	}
	cost[fn] = n
	return n
}

// isLaborious reports whether the results of a call are taken to be unknown.
func (p *program) isLaborious(c ssa.CallInstruction) bool {
	if len(p.laborious) == 0 {
		return false
	}
	if _, ok := c.(*ssa.Call); !ok {
		return false
	}
	f := c.Common().StaticCallee()
	return f != nil && p.laborious[f]
}
