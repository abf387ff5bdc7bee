package explored

import (
	"go/token"

	"golang.org/x/tools/go/analysis"

	"github.com/concheck/concheck/analyzers/finding"
	"github.com/concheck/concheck/analyzers/internal/census"
)

// addCensus adds what needs no schedule, where no schedule shows the same.
func (r *Result) addCensus(pass *analysis.Pass) {
	defer func() {
		if recover() != nil {
			r.Stats.Panics++
		}
	}()
	told := r.Told(pass.Fset)
	for _, f := range census.Find(pass) {
		if !told(f.Pos) {
			r.Findings = append(r.Findings, f)
		}
	}
	finding.Sort(r.Findings)
}

// Told tells whether one of the findings so far speaks of the line of a position:
// there is one report for one cause.
func (r *Result) Told(fset *token.FileSet) func(token.Pos) bool {
	type line struct {
		file string
		line int
	}
	at := func(pos token.Pos) line {
		p := fset.Position(pos)
		return line{p.Filename, p.Line}
	}
	lines := map[line]bool{}
	for _, f := range r.Findings {
		lines[at(f.At())], lines[at(f.Pos)] = true, true
		for _, o := range f.Others {
			lines[at(o.Pos)] = true
		}
	}
	return func(pos token.Pos) bool { return lines[at(pos)] }
}
