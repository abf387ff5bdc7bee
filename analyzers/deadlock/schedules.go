package deadlock

import (
	"golang.org/x/tools/go/analysis"

	"github.com/concheck/concheck/analyzers/finding"
	"github.com/concheck/concheck/analyzers/internal/check"
	"github.com/concheck/concheck/analyzers/internal/explored"
)

func init() { explored.ContractFlag(Analyzer) }

// exploredFindings phrases the deadlocks that a schedule proves: a lock nobody
// releases, and a function that waits for ever itself.
func exploredFindings(pass *check.Pass) []analysis.Diagnostic {
	var out []analysis.Diagnostic
	for _, f := range pass.ResultOf[explored.Analyzer].(*explored.Result).Pick(mine, explored.Contract(pass.Analyzer)) {
		out = append(out, f.Diagnostic(pass.Fset, pass.Analyzer.Name))
	}
	return out
}

func mine(f *finding.Finding) bool {
	switch f.Kind {
	case finding.Lock:
		return true
	case finding.Send, finding.Receive, finding.Select, finding.Cond, finding.Call:
		return !f.Spawned()
	}
	return false
}
