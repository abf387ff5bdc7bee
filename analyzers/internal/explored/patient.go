package explored

import (
	"go/token"
	"slices"

	"github.com/concheck/concheck/analyzers/finding"
	"github.com/concheck/concheck/analyzers/internal/explore"
	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// patientWork bounds the exploration for callers that cancel nothing.
const patientWork = 2_000_000

// runPatient explores functions for callers that never cancel the context that
// they pass, and takes what hangs them: a select that offers a value nobody takes
// and has no other way on. That a function waits for the end of its context, or
// for something to come that may never come, is not a mistake.
func (e *explorer) runPatient(told map[token.Pos]bool) {
	hung := map[string]bool{} // functions that hang for others, too
	for _, f := range e.res.Findings {
		hung[f.Root] = hung[f.Root] || f.Kind.Blocks()
	}
	total := 0
	for _, r := range e.pkg.Patient {
		if hung[e.short(r.Func)] || total > patientWork {
			continue
		}
		e.prog = e.whole
		res := e.exploreFirst(r, littleWork)
		if res == nil {
			continue
		}
		total += res.Work
		if res.Bound != "" && e.goesAbroad(res) {
			e.prog = e.aloneProgram()
			if res = e.exploreFirst(r, littleWork); res == nil {
				continue
			}
			total += res.Work
		}
		e.note(Root{r.Func, res.Bound, res.Entered})
		if res.Scant {
			if many := e.exploreMany(r); many != nil {
				total += many.Work
				res.Findings = append(res.Findings, many.Findings...)
			}
		}
		for i := range res.Findings {
			f := &res.Findings[i]
			if pos := e.translate(r, f).Pos; !patient(f) || !pos.IsValid() || told[pos] || !e.stands(r, f) {
				continue
			}
			f = e.shorter(r, f)
			out := e.translate(r, f)
			waitsPatiently(out, f)
			told[out.Pos] = true
			e.res.Findings = append(e.res.Findings, out)
		}
	}
}

// patient reports whether a finding is about a select that offers a value and, for
// the rest, waits on channels that are nil. As the root is of kind Main, the
// caller hangs, too.
func patient(f *explore.Finding) bool {
	if f.Kind != explore.Stuck || f.Main.Op != skeleton.Select || f.Main.Far != 0 || f.Main.Inside {
		return false
	}
	n := 0
	for _, w := range f.Main.Waits {
		switch {
		case offered(w):
			n++
		case !w.Nil:
			return false
		}
	}
	return n == 1 && len(f.Main.Waits) > 1
}

// waitsPatiently has a finding say that the end of the context would help.
func waitsPatiently(out *finding.Finding, f *explore.Finding) {
	w := f.Main.Waits[slices.IndexFunc(f.Main.Waits, offered)]
	out.Object, out.Patient = w.Name, true
}

func offered(w explore.Wait) bool { return w.Op == skeleton.Send && !w.Nil }
