package deadlock

import (
	"fmt"

	"golang.org/x/tools/go/analysis"

	"github.com/concheck/concheck/analyzers/internal/check"
	"github.com/concheck/concheck/analyzers/internal/explored"
	"github.com/concheck/concheck/analyzers/internal/lockset"
)

// Categories of the diagnostics.
const (
	categoryDouble        = "deadlock/double"
	categoryRecursiveRead = "deadlock/recursive-read"
	categoryOrder         = "deadlock/order"
	categoryBlocking      = "deadlock/blocking"
	categoryOwn           = "deadlock/self"
)

// lockFindings phrases what lockset found, but for callees that wait under a lock
// and goroutines that wait for themselves where a schedule shows as much of the
// operation itself.
func lockFindings(pass *check.Pass, shown map[line]bool) []analysis.Diagnostic {
	var out []analysis.Diagnostic
	told := pass.ResultOf[explored.Analyzer].(*explored.Result).Told(pass.Fset)
	for _, f := range pass.ResultOf[lockset.Analyzer].(*lockset.Result).Findings {
		if f.Kind == lockset.Blocking && f.Callee != "" && shown[lineOf(pass, f.Chain[len(f.Chain)-1].Pos())] {
			continue
		}
		if f.Kind == lockset.Own && told(f.Chain[len(f.Chain)-1].Pos()) {
			continue
		}
		var category, message string
		switch f.Kind {
		case lockset.Double:
			category, message = categoryDouble, double(f)
		case lockset.RecursiveRead:
			category, message = categoryRecursiveRead, recursiveRead(f)
		case lockset.Order:
			category, message = categoryOrder, order(f)
		case lockset.Blocking:
			category, message = categoryBlocking, blocking(f)
		case lockset.Own:
			category, message = categoryOwn, self(f)
		default:
			continue
		}
		out = append(out, analysis.Diagnostic{
			Pos: f.Pos, Category: category, Message: message,
			Related: lockset.Related(f), SuggestedFixes: f.Fixes,
		})
	}
	return out
}

// through names the callee a finding goes through, if any.
func through(f *lockset.Finding) string {
	if f.Callee == "" {
		return ""
	}
	return " by " + f.Callee
}

// heldSince tells where the lock in the way was acquired.
func heldSince(f *lockset.Finding) string {
	if len(f.Held) == 0 || f.Held[0].Where == "" {
		return ""
	}
	return ", held since " + f.Held[0].Where
}

func double(f *lockset.Finding) string {
	switch {
	case f.Once:
		return fmt.Sprintf("Do of %s%s from within its own function waits for itself: call the function directly", f.Lock, through(f))
	case f.HeldMode == lockset.Read:
		return fmt.Sprintf("%s is locked%s while it is read-locked%s: release the read lock first", f.Lock, through(f), heldSince(f))
	case f.Callee != "":
		return fmt.Sprintf("%s is locked again by %s%s: call a variant that expects the lock to be held", f.Lock, f.Callee, heldSince(f))
	}
	return fmt.Sprintf("%s is locked again%s: unlock it first", f.Lock, heldSince(f))
}

func recursiveRead(f *lockset.Finding) string {
	return fmt.Sprintf("%s is read-locked again%s%s: a writer that arrives in between blocks both, read under the first lock", f.Lock, through(f), heldSince(f))
}

func order(f *lockset.Finding) string {
	if f.Arguments {
		return fmt.Sprintf("%s is locked while %s is held: a call with the arguments swapped waits for this one and this one for it, lock them in a fixed order", f.Lock, f.Other)
	}
	elsewhere := ""
	if len(f.Elsewhere) > 0 && f.Elsewhere[0].Where != "" {
		elsewhere = " (" + f.Elsewhere[0].Where + ")"
	}
	return fmt.Sprintf("%s is locked%s while %s is held, elsewhere%s the other way round: choose one order", f.Lock, through(f), f.Other, elsewhere)
}

func blocking(f *lockset.Finding) string {
	if len(f.Elsewhere) == 0 {
		return fmt.Sprintf("%s%s under %s blocks for ever: nothing in the package ends the wait, and nobody gets %s meanwhile", f.Op, through(f), f.Lock, f.Lock)
	}
	return fmt.Sprintf("%s%s under %s blocks for ever: its partner needs %s first (%s), move it out of the lock", f.Op, through(f), f.Lock, f.Lock, f.Elsewhere[0].Where)
}

func self(f *lockset.Finding) string {
	return fmt.Sprintf("%s%s blocks for ever: the goroutine waits for itself, %s (%s)", f.Op, through(f), f.Other, f.Elsewhere[0].Where)
}
