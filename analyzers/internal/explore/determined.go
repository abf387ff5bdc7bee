package explore

import (
	"slices"
	"strconv"

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

// maxAnyway is how many decisions of a schedule are tried otherwise.
const maxAnyway = 8

// Anyway reports whether a root shows a finding whatever the data are: for each
// decision on the finding's schedule that needs is true of, the root shows the
// same with another value. Where numbers matter no other value says that all do.
func (p *Program) Anyway(root Root, f *Finding, needs func(Choice) bool, lim Limits) bool {
	never := map[asked][]string{}
	for _, s := range f.Steps {
		for _, c := range s.Choices {
			if !needs(c) {
				continue
			}
			if k := (asked{c.Pos, c.Text}); !slices.Contains(never[k], c.Val) {
				never[k] = append(never[k], c.Val)
			}
		}
	}
	if len(never) > maxAnyway || p.lookup(root.Func) == nil {
		return false
	}
	for k, vals := range never {
		if len(vals) > 1 || isNumber(vals[0]) {
			return false
		}
		s := newSearch(p, root, lim.withDefaults())
		s.never = map[asked][]string{k: vals}
		s.run()
		if !slices.ContainsFunc(s.list, f.same) {
			return false
		}
	}
	return true
}

// same reports whether another finding is about the same operation of the same goroutine.
func (f *Finding) same(other Finding) bool {
	return f.Kind == other.Kind && f.Main.Op == other.Main.Op && f.Main.Pos == other.Main.Pos && f.Main.Started == other.Main.Started
}

// isNumber reports whether a value of a choice is a number.
func isNumber(val string) bool {
	_, err := strconv.Atoi(val)
	return err == nil
}

// confined reports whether a decision may not take one of its values.
func (s *search) confined(k asked, a *ask) func(val string) bool {
	if never := s.never[k]; never != nil {
		return func(val string) bool { return slices.Contains(never, val) }
	}
	vals := s.only[k]
	for _, v := range a.vals {
		if slices.Contains(vals, s.valueText(v)) {
			return func(val string) bool { return !slices.Contains(vals, val) }
		}
	}
	return func(string) bool { return false }
}
