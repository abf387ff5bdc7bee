package main

import (
	"encoding/gob"
	"fmt"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"
)

// guard makes the checks fit for running unattended: a panic in a pass
// becomes its error, and fixes that cannot be applied by byte offset are
// dropped. It changes the analyzers in place, which are this process's own.
func guard(checks []*analysis.Analyzer) {
	for _, a := range closure(checks) {
		pass := a.Run
		a.Run = func(p *analysis.Pass) (result any, err error) {
			defer func() {
				if r := recover(); r != nil {
					result, err = nil, fmt.Errorf("internal error in %s: %v", p.Analyzer.Name, r)
				}
			}()
			report := p.Report
			p.Report = func(d analysis.Diagnostic) {
				d.SuggestedFixes = slices.DeleteFunc(slices.Clone(d.SuggestedFixes), func(fix analysis.SuggestedFix) bool {
					return isRelocated(p.Fset, fix)
				})
				report(d)
			}
			return pass(p)
		}
	}
}

// isRelocated reports whether a fix edits a file that carries //line
// directives, as the output of cgo does: its positions name another file than
// its offsets count in.
func isRelocated(fset *token.FileSet, fix analysis.SuggestedFix) bool {
	return slices.ContainsFunc(fix.TextEdits, func(e analysis.TextEdit) bool {
		return fset.PositionFor(e.Pos, true) != fset.PositionFor(e.Pos, false)
	})
}

// dropFacts makes the checks produce no facts, so that unitchecker, asked for
// facts only, just type-checks. Facts of imports can still be read: those that
// somebody else asked about have some.
func dropFacts(checks []*analysis.Analyzer) {
	for _, a := range closure(checks) {
		for _, f := range a.FactTypes {
			gob.Register(f)
		}
		a.FactTypes = nil
	}
}

// closure returns the checks and everything they require.
func closure(checks []*analysis.Analyzer) []*analysis.Analyzer {
	var all []*analysis.Analyzer
	seen := make(map[*analysis.Analyzer]bool)
	var visit func([]*analysis.Analyzer)
	visit = func(list []*analysis.Analyzer) {
		for _, a := range list {
			if !seen[a] {
				seen[a] = true
				visit(a.Requires)
				all = append(all, a)
			}
		}
	}
	visit(checks)
	return all
}
