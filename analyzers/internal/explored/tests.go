package explored

import (
	"slices"

	"github.com/concheck/concheck/analyzers/internal/explore"
	"github.com/concheck/concheck/analyzers/internal/extract"
	"github.com/concheck/concheck/analyzers/internal/library"
)

// A test that hangs is seen by whoever runs it, and what it computes, and what
// it calls does, is the same in every run: it does not hang because a call out
// of sight failed or did once more what it does once, or because of its data
// alone. What hangs by order or time may not have been seen yet.

// hangs reports whether a test's own goroutine, or that of a subtest for which
// it waits, is stuck.
func hangs(f explore.Finding) bool {
	own := func(g explore.Goroutine) bool { return g.Root || g.Func == library.Subtest }
	return f.Kind == explore.Stuck && (own(f.Main) || slices.ContainsFunc(f.Others, own))
}

// fails reports whether a schedule needs a call out of sight to fail: to give
// something that is not nil, as errors are.
func fails(f explore.Finding) bool {
	failed := func(c explore.Choice) bool { return c.Text != "" && c.Val == "nonnil" }
	return slices.ContainsFunc(f.Steps, func(s explore.Step) bool { return slices.ContainsFunc(s.Choices, failed) })
}

// served reports whether a schedule needs code out of sight to send, to receive
// or to close, as often as it does there.
func served(f explore.Finding) bool {
	return slices.ContainsFunc(f.Steps, func(s explore.Step) bool { return s.Env && !s.Timer })
}

// isData reports whether a choice is more than that a call out of sight succeeds.
func isData(c explore.Choice) bool { return c.Val != "nil" }

// chosen reports whether a schedule needs such a choice.
func chosen(f explore.Finding) bool {
	return slices.ContainsFunc(f.Steps, func(s explore.Step) bool { return slices.ContainsFunc(s.Choices, isData) })
}

// impatient reports whether a goroutine of a test is stuck for a time that the
// test has waited in vain, on data of a kind: as a rule the data are others, the
// time does not run out, and where it does the test has failed.
func impatient(f explore.Finding) bool {
	late := func(s explore.Step) bool { return s.Timer && s.Goroutine != f.Main.ID }
	decided := func(s explore.Step) bool {
		return slices.ContainsFunc(s.Choices, func(c explore.Choice) bool { return c.Text != "" })
	}
	return f.Kind == explore.Stuck && slices.ContainsFunc(f.Steps, late) && slices.ContainsFunc(f.Steps, decided)
}

// always reports whether a test hangs in every run on the data of a finding.
func (e *explorer) always(r extract.Root, f *explore.Finding) bool {
	yes, work := e.prog.Determined(explore.Root{Func: r.Func, Kind: explore.RootKind(r.Kind)}, f, explore.Limits{Work: littleWork})
	e.res.Stats.Work += work
	return yes
}

// anyway reports whether a test shows a finding whatever the data are.
func (e *explorer) anyway(r extract.Root, f *explore.Finding) bool {
	yes, work := e.prog.Anyway(explore.Root{Func: r.Func, Kind: explore.RootKind(r.Kind)}, f, isData, explore.Limits{Work: littleWork})
	e.res.Stats.Work += work
	return yes
}
