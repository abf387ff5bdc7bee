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
	type line struct {
		file string
		line int
	}
	at := func(pos token.Pos) line {
		p := pass.Fset.Position(pos)
		return line{p.Filename, p.Line}
	}
	told := map[line]bool{}
	for _, f := range r.Findings {
		told[at(f.At())], told[at(f.Pos)] = true, true
		for _, o := range f.Others {
			told[at(o.Pos)] = true
		}
	}
	for _, f := range census.Find(pass) {
		if !told[at(f.Pos)] {
			r.Findings = append(r.Findings, f)
		}
	}
	finding.Sort(r.Findings)
}
