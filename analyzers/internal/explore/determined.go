package explore

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// What the data have to do with a finding. Its root is explored again: with what
// its schedule decides on unknown data decided so wherever it comes up, or with
// one of these decisions never taken. If in the first case the root never
// returns, it hangs by what it computes with, whatever the order of its
// goroutines; if in the second the finding shows all the same, that decision
// does not matter.
//
// Must: a bound that is hit decides nothing.

// asked names a decision: where it was asked for, and of what.
type asked struct {
	pos  skeleton.Pos
	text string
}

// Determined reports whether a root hangs whenever data is as a finding has it.
// It is false of a finding that needs no decision. It also returns the work done.
func (p *Program) Determined(root Root, f *Finding, lim Limits) (yes bool, work int) {
	only := map[asked][]string{}
	for _, s := range f.Steps {
		for _, c := range s.Choices {
			k := asked{c.Pos, c.Text}
			only[k] = append(only[k], c.Val)
		}
	}
	if len(only) == 0 || p.lookup(root.Func) == nil {
		return false, 0
	}
	s := newSearch(p, root, lim.withDefaults())
	s.only = only
	s.run()
	return s.bound == "" && !s.returned && !s.broken, s.work
}

// maxAnyway is how many schedules are looked at for one that needs no decision.
const maxAnyway = 8

// Anyway reports whether a root shows a finding whatever the data are. The
// decisions on the finding's schedule that matters is true of are forbidden, all
// of them at once, then those of the schedule that shows the finding all the
// same, until one needs none; a decision that is found both ways may be taken
// again, if the finding shows either way without the others. Where numbers matter
// no other value says that all do. It also returns the work done; the limits are
// those of each schedule.
func (p *Program) Anyway(root Root, f *Finding, matters func(Choice) bool, lim Limits) (yes bool, work int) {
	if p.lookup(root.Func) == nil {
		return false, 0
	}
	never := map[asked][]string{}
	either := map[asked][]string{} // with both values
	shows := func(f *Finding) *Finding {
		s := newSearch(p, root, lim.withDefaults())
		s.never = never
		s.run()
		work += s.work
		if i := slices.IndexFunc(s.list, f.same); i >= 0 {
			return &s.list[i]
		}
		return nil
	}
	for range maxAnyway {
		here := map[asked]string{}
		for _, s := range f.Steps {
			for _, c := range s.Choices {
				k := asked{c.Pos, c.Text}
				if !matters(c) || either[k] != nil {
					continue
				}
				if val, ok := here[k]; isNumber(c.Val) || ok && val != c.Val {
					return false, work
				}
				here[k] = c.Val
			}
		}
		if len(here) == 0 {
			for _, k := range ordered(either) {
				for _, val := range either[k] {
					never[k] = []string{val}
					if shows(f) == nil {
						return false, work
					}
				}
				delete(never, k)
			}
			return true, work
		}
		for k, val := range here {
			if never[k] == nil {
				never[k] = []string{val}
				continue
			}
			either[k] = append(never[k], val)
			delete(never, k)
		}
		if f = shows(f); f == nil {
			return false, work
		}
	}
	return false, work
}

// ordered is decisions in the order of the source.
func ordered(m map[asked][]string) []asked {
	return slices.SortedFunc(maps.Keys(m), func(a, b asked) int {
		return cmp.Or(cmp.Compare(a.pos, b.pos), cmp.Compare(a.text, b.text))
	})
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
