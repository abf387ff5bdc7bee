package unlock

import (
	_ "embed"
	"fmt"
	"go/token"

	"golang.org/x/tools/go/analysis"

	"github.com/concheck/concheck/analyzers/finding"
	"github.com/concheck/concheck/analyzers/internal/check"
	"github.com/concheck/concheck/analyzers/internal/explored"
	"github.com/concheck/concheck/analyzers/internal/lockset"
)

//go:embed doc.go
var doc string

// Analyzer reports locks that are not released, or not by their partner.
var Analyzer = check.New(check.Spec{
	Name:     "unlock",
	Doc:      doc,
	Run:      run,
	Requires: []*analysis.Analyzer{lockset.Analyzer, explored.Analyzer},
})

// Categories of the diagnostics.
const (
	categoryReturn  = "unlock/return"
	categoryPartner = "unlock/partner"
)

func run(pass *check.Pass) error {
	told := map[string]bool{} // lines
	locks := pass.ResultOf[lockset.Analyzer].(*lockset.Result)
	for _, f := range locks.Findings {
		category, message := categoryPartner, ""
		switch f.Kind {
		case lockset.Return:
			category, message = categoryReturn, leave(pass, f)
		case lockset.Partner:
			message = partner(pass, f)
		case lockset.Unheld:
			message = unheld(pass, f)
		default:
			continue
		}
		pass.Report(analysis.Diagnostic{
			Pos: f.Pos, Category: category, Message: message,
			Related: lockset.Related(f), SuggestedFixes: f.Fixes,
		})
		told[lineOf(pass, f.Pos)] = true
	}
	for _, pos := range locks.Turns {
		told[lineOf(pass, pos)] = true
	}
	for _, f := range pass.ResultOf[explored.Analyzer].(*explored.Result).Pick(unlocked, false) {
		if !told[lineOf(pass, f.Pos)] {
			pass.Report(f.Diagnostic(pass.Fset, pass.Analyzer.Name))
		}
	}
	return nil
}

// unlocked: a schedule in which a lock is given back that nobody holds.
func unlocked(f *finding.Finding) bool { return f.Kind == finding.UnlockUnlocked }

// unlockName is the method that gives a lock back.
func unlockName(m lockset.Mode) string {
	if m == lockset.Read {
		return "RUnlock"
	}
	return "Unlock"
}

func lockName(m lockset.Mode) string {
	if m == lockset.Read {
		return "RLock"
	}
	return "Lock"
}

func lineOf(pass *check.Pass, pos token.Pos) string {
	p := pass.Fset.Position(pos)
	return fmt.Sprintf("%s:%d", p.Filename, p.Line)
}

func line(pass *check.Pass, f *lockset.Finding) int { return pass.Fset.Position(f.At).Line }

func leave(pass *check.Pass, f *lockset.Finding) string {
	if f.Leave == "" {
		return fmt.Sprintf("%s is still locked when the function ends: unlock it, or defer %s.%s()", f.Lock, f.Lock, unlockName(f.HeldMode))
	}
	return fmt.Sprintf("%s without unlocking %s, locked at line %d: unlock before the %s or defer it", f.Leave, f.Lock, line(pass, f), f.Leave)
}

func partner(pass *check.Pass, f *lockset.Finding) string {
	return fmt.Sprintf("%s of %s, which line %d locked with %s: use %s", unlockName(f.Mode), f.Lock, line(pass, f), lockName(f.HeldMode), unlockName(f.HeldMode))
}

func unheld(pass *check.Pass, f *lockset.Finding) string {
	switch {
	case f.Op != "":
		return fmt.Sprintf("%s without %s, which is unlocked since line %d: wait first, or lock it again", f.Op, f.Lock, line(pass, f))
	case f.Other != "":
		return fmt.Sprintf("unlock of %s, which is never locked, while %s is held: unlock %s", f.Lock, f.Other, f.Other)
	case !f.At.IsValid():
		return fmt.Sprintf("unlock of %s, which is never locked: lock it first", f.Lock)
	case f.Deferred:
		return fmt.Sprintf("the deferred unlock of %s runs when it is already unlocked, at line %d: remove one of the two, or lock again", f.Lock, line(pass, f))
	}
	return fmt.Sprintf("%s is already unlocked, at line %d: remove one of the two, or return after the first", f.Lock, line(pass, f))
}
