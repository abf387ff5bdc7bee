package explore

import (
	"maps"
	"slices"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// StuckAt explores a root and gives, besides the result, the positions of all
// goroutines that were ever found stuck, before those of one cause are told as one.
func (p *Program) StuckAt(root Root, lim Limits) (*Result, []skeleton.Pos) {
	s := newSearch(p, root, lim.withDefaults())
	s.stuckAt = map[skeleton.Pos]bool{}
	s.run()
	return &Result{Findings: s.findings(), States: s.visitedStates, Bound: s.bound}, slices.Sorted(maps.Keys(s.stuckAt))
}
