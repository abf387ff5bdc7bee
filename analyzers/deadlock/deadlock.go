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
	once := make(reported)
	for _, d := range lockFindings(pass) {
		once.report(pass, d)
	}
	for _, d := range exploredFindings(pass) {
		once.report(pass, d)
	}
	return nil
}

// reported holds where something was reported already: one cause is one
// report, however many ways lead to it.
type reported map[token.Pos]bool

func (r reported) report(pass *check.Pass, d analysis.Diagnostic) {
	if !r[d.Pos] {
		r[d.Pos] = true
		pass.Report(d)
	}
}
