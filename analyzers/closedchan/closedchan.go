package closedchan

import (
	_ "embed"

	"golang.org/x/tools/go/analysis"

	"github.com/concheck/concheck/analyzers/finding"
	"github.com/concheck/concheck/analyzers/internal/check"
	"github.com/concheck/concheck/analyzers/internal/explored"
)

//go:embed doc.go
var doc string

// Analyzer reports what its name says; doc.go has the details.
var Analyzer = check.New(check.Spec{
	Name:     "closedchan",
	Doc:      doc,
	Run:      run,
	Requires: []*analysis.Analyzer{explored.Analyzer},
})

func init() { explored.ContractFlag(Analyzer) }

func run(pass *check.Pass) error {
	res := pass.ResultOf[explored.Analyzer].(*explored.Result)
	for _, f := range res.Pick(mine, explored.Contract(pass.Analyzer)) {
		pass.Report(f.Diagnostic(pass.Fset, pass.Analyzer.Name))
	}
	return nil
}

// mine: a panic of a channel.
func mine(f *finding.Finding) bool {
	return f.Kind == finding.SendClosed || f.Kind == finding.CloseClosed || f.Kind == finding.CloseNil
}
