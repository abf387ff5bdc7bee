package explored

import (
	"go/token"
	"slices"

	"github.com/concheck/concheck/analyzers/finding"
	"github.com/concheck/concheck/analyzers/internal/explore"
	"github.com/concheck/concheck/analyzers/internal/explore/oracle"
	"github.com/concheck/concheck/analyzers/internal/extract"
)

// What of the findings of explorations is reported: one for one place and one for
// one cause, that leave nothing to a guess, with schedules that the replay does
// not refute and that are short.

// add takes over a root's findings: one report for one place.
func (e *explorer) add(r extract.Root, res *explore.Result, told map[token.Pos]bool) {
	for i := range res.Findings {
		f := &res.Findings[i]
		if pos := e.translate(r, f).At(); pos.IsValid() && !told[pos] && e.stands(r, f) {
			told[pos] = true
			e.res.Findings = append(e.res.Findings, e.translate(r, e.shorter(r, f)))
		}
	}
}

// stands reports whether a finding is to be reported: it leaves nothing to a
// guess, is not for others to mend, and the replay of its schedule does not refute it.
func (e *explorer) stands(r extract.Root, f *explore.Finding) (yes bool) {
	defer func() {
		if recover() != nil {
			e.res.Stats.Panics++
			yes = true
		}
	}()
	if e.paced(f) || f.Guessed() || e.theirs(f) || e.lasting(r, f) || unending(f) {
		return false
	}
	if answer, _ := e.prog.Replay(explore.Root{Func: r.Func, Kind: explore.RootKind(r.Kind)}, f); answer == oracle.Refuted {
		e.res.Stats.Refuted++
		return false
	}
	return true
}

// shortWitness is how many steps a reader follows easily.
const shortWitness = 15

// shorter looks for a shorter schedule that proves the same: the search goes
// deep first, and the first schedule that it finds may go round loops for long.
func (e *explorer) shorter(r extract.Root, f *explore.Finding) *explore.Finding {
	for depth := shortWitness; depth < len(f.Steps); depth *= 2 {
		res := e.prog.Run(explore.Root{Func: r.Func, Kind: explore.RootKind(r.Kind)}, explore.Limits{Work: littleWork, Depth: depth})
		e.res.Stats.Work += res.Work
		for i := range res.Findings {
			if g := &res.Findings[i]; g.Kind == f.Kind && g.Main.Op == f.Main.Op && g.Main.Pos == f.Main.Pos && len(g.Steps) < len(f.Steps) && e.stands(r, g) {
				return g
			}
		}
	}
	return f
}

// oneCause keeps, of the operations of one kind at which a goroutine that was
// started in one place waits for the same object, the first: a worker whose
// results nobody takes may be left at any of its sends.
func oneCause(sorted []*finding.Finding) []*finding.Finding {
	type cause struct {
		kind    finding.Kind
		entry   string
		started token.Pos
		made    token.Pos
	}
	told := map[cause]bool{}
	return slices.DeleteFunc(sorted, func(f *finding.Finding) bool {
		if !f.Kind.Blocks() || !f.Made.IsValid() || !f.Started.IsValid() && f.Kind != finding.Call {
			return false
		}
		c := cause{f.Kind, f.Entry, f.Started, f.Made}
		if told[c] {
			return true
		}
		told[c] = true
		return false
	})
}
