package goroutineleak

import (
	_ "embed"

	"golang.org/x/tools/go/analysis"

	"github.com/concheck/concheck/analyzers/finding"
	"github.com/concheck/concheck/analyzers/internal/check"
	"github.com/concheck/concheck/analyzers/internal/explored"
	"github.com/concheck/concheck/analyzers/internal/lazyssa"
)

//go:embed doc.go
var doc string

// Analyzer reports what its name says; doc.go has the details.
var Analyzer = newAnalyzer()

func newAnalyzer() *analysis.Analyzer {
	a := check.New(check.Spec{
		Name:     "goroutineleak",
		Doc:      doc,
		Run:      run,
		Requires: []*analysis.Analyzer{explored.Analyzer, lazyssa.Analyzer},
	})
	explored.ContractFlag(a)
	return a
}

func run(pass *check.Pass) error {
	for _, d := range explored.Diagnostics(pass, mine) {
		pass.Report(d)
	}
	if res := pass.ResultOf[explored.Analyzer].(*explored.Result); res.Package != nil {
		accumulating(pass, res.Told(pass.Fset))
	}
	return nil
}

// mine: a goroutine that a go statement started waits for ever, on a channel,
// a Cond or a library call, or any goroutine spins. Waits on locks are deadlocks, on WaitGroups miscounts.
func mine(f *finding.Finding) bool {
	switch f.Kind {
	case finding.Spin, finding.Unsignalled:
		return true
	case finding.Send, finding.Receive, finding.Select, finding.Cond, finding.Call, finding.Endless:
		return f.Spawned()
	}
	return false
}
