package explored

import (
	"slices"

	"github.com/concheck/concheck/analyzers/internal/explore"
	"github.com/concheck/concheck/analyzers/internal/extract"
)

// What another package may refuse. A function that hands something on by way of
// an object that it was given, a queue say, and waits until that was taken care of,
// waits for ever if the object takes nothing any more. That it is called when the
// object is closed is for its callers to know: it is the same as calling a method
// after Close.
//
// What it computes: whether the function waits in vain although no flag of such an
// object is set otherwise. Ignored: what is not a flag, and what the package itself
// looks after, for there clients show whether it comes to that.

// refused reports whether a root or a client itself waits for ever because of a
// flag of an object that another package looks after.
func (e *explorer) refused(r extract.Root, f *explore.Finding) bool {
	return f.Kind == explore.Stuck && (f.Main.Root || f.Main.Started == 0) && slices.ContainsFunc(f.Steps, func(s explore.Step) bool {
		return slices.ContainsFunc(s.Choices, explore.Choice.Status)
	}) && !e.whenOpen(r, f)
}

// whenOpen reports whether one waits in vain whatever those flags are.
func (e *explorer) whenOpen(r extract.Root, f *explore.Finding) bool {
	yes, work := e.prog.Anyway(explore.Root{Func: r.Func, Kind: explore.RootKind(r.Kind)}, f, explore.Choice.Status, explore.Limits{Work: littleWork})
	e.res.Stats.Work += work
	return yes
}
