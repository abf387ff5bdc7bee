package waitgroup

import (
	"go/token"

	"github.com/concheck/concheck/analyzers/finding"
	"github.com/concheck/concheck/analyzers/internal/check"
	"github.com/concheck/concheck/analyzers/internal/explored"
)

// checkCounts reports what a schedule proves of the counters: a Wait that never
// returns, and a counter below zero. The calls in known are reported already.
func checkCounts(pass *check.Pass, known map[token.Pos]bool) {
	for _, f := range pass.ResultOf[explored.Analyzer].(*explored.Result).Pick(miscounted, false) {
		if !known[f.Pos] {
			pass.Report(f.Diagnostic(pass.Fset, pass.Analyzer.Name))
		}
	}
}

func miscounted(f *finding.Finding) bool { return f.Kind == finding.Wait || f.Kind == finding.Negative }
