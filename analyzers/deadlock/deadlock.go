package deadlock

import (
	_ "embed"
	"go/token"

	"golang.org/x/tools/go/analysis"

	"github.com/concheck/concheck/analyzers/internal/check"
	"github.com/concheck/concheck/analyzers/internal/explored"
	"github.com/concheck/concheck/analyzers/internal/lockset"
)

//go:embed doc.go
var doc string

// Analyzer reports goroutines that wait for ever because of a lock.
var Analyzer = check.New(check.Spec{
	Name:     "deadlock",
	Doc:      doc,
	Run:      run,
	Requires: []*analysis.Analyzer{lockset.Analyzer, explored.Analyzer},
})

func run(pass *check.Pass) error {
	told := make(told)
	told.unlocks(pass)
	schedules := explored.Diagnostics(pass, mine)
	for _, d := range lockFindings(pass, linesOf(pass, schedules)) {
		if told.first(pass, d.Pos) {
			pass.Report(d)
		}
		told.chain(pass, d)
	}
	for _, d := range schedules {
		if told.first(pass, d.Pos) && !told.cause(pass, d) {
			pass.Report(d)
		}
	}
	return nil
}

// A line of the source.
type line struct {
	file string
	line int
}

func lineOf(pass *check.Pass, pos token.Pos) line {
	p := pass.Fset.Position(pos)
	return line{p.Filename, p.Line}
}

// linesOf returns the lines that diagnostics are about.
func linesOf(pass *check.Pass, ds []analysis.Diagnostic) map[line]bool {
	lines := map[line]bool{}
	for _, d := range ds {
		lines[lineOf(pass, d.Pos)] = true
	}
	return lines
}

// told holds the lines that a report has spoken of: one cause is one report,
// however many ways lead to it. A line is true if the cause is that a lock
// acquired there is never released, which the check unlock reports.
type told map[line]bool

// first reports whether nothing was said about a position yet, and notes that
// it is now.
func (t told) first(pass *check.Pass, pos token.Pos) bool {
	l := lineOf(pass, pos)
	if _, ok := t[l]; ok {
		return false
	}
	t[l] = false
	return true
}

// chain notes the positions a report leads through: a schedule that ends at one
// of them has the same cause.
func (t told) chain(pass *check.Pass, d analysis.Diagnostic) {
	for _, r := range d.Related {
		t.first(pass, r.Pos)
	}
}

// unlocks notes where locks are acquired that unlock reports.
func (t told) unlocks(pass *check.Pass) {
	for _, f := range pass.ResultOf[lockset.Analyzer].(*lockset.Result).Findings {
		if f.Kind == lockset.Return {
			t[lineOf(pass, f.At)] = true
		}
	}
}

// cause reports whether a schedule leads through the acquisition of a lock that
// unlock reports.
func (t told) cause(pass *check.Pass, d analysis.Diagnostic) bool {
	for _, r := range d.Related {
		if t[lineOf(pass, r.Pos)] {
			return true
		}
	}
	return false
}
