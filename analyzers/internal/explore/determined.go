package explore

import (
	"slices"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Whether what is stuck is so by data alone. The root of a finding is explored
// again, and what was decided on unknown data in the finding's schedule is
// decided so wherever it comes up. If the root never returns then, it hangs by
// what it computes with, whatever the order of its goroutines.
//
// Must: a bound that is hit decides nothing.

// asked names a decision: where it was asked for, and of what.
type asked struct {
	pos  skeleton.Pos
	text string
}

// Determined reports whether a root hangs whenever data is as a finding has it.
// It is false of a finding that needs no decision.
func (p *Program) Determined(root Root, f *Finding, lim Limits) bool {
	only := map[asked][]string{}
	for _, s := range f.Steps {
		for _, c := range s.Choices {
			k := asked{c.Pos, c.Text}
			only[k] = append(only[k], c.Val)
		}
	}
	if len(only) == 0 || p.lookup(root.Func) == nil {
		return false
	}
	s := newSearch(p, root, lim.withDefaults())
	s.only = only
	s.run()
	return s.bound == "" && !s.returned && !s.broken
}

// confined are the values that a decision may take, nil if any.
func (s *search) confined(k asked, a *ask) []string {
	vals := s.only[k]
	for _, v := range a.vals {
		if slices.Contains(vals, s.valueText(v)) {
			return vals
		}
	}
	return nil
}
