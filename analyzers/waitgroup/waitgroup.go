package waitgroup

import (
	_ "embed"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"

	"github.com/concheck/concheck/analyzers/internal/check"
	"github.com/concheck/concheck/analyzers/internal/explored"
)

//go:embed doc.go
var doc string

// Analyzer reports misuses of sync.WaitGroup.
var Analyzer = check.New(check.Spec{
	Name:     "waitgroup",
	Doc:      doc,
	Run:      run,
	Requires: []*analysis.Analyzer{inspect.Analyzer, explored.Analyzer},
})

func run(pass *check.Pass) error {
	if !importsSync(pass) {
		return nil
	}
	checkCounts(pass, checkSyntax(pass))
	return nil
}

func importsSync(pass *check.Pass) bool {
	for _, p := range pass.Pkg.Imports() {
		if p.Path() == "sync" {
			return true
		}
	}
	return false
}
