package explored

import (
	"flag"

	"golang.org/x/tools/go/analysis"

	"github.com/concheck/concheck/analyzers/finding"
	"github.com/concheck/concheck/analyzers/internal/check"
)

// Check is a check that reports those of the findings that are its own. It has
// the flag for what is a matter of contract.
func Check(name, doc string, mine func(*finding.Finding) bool) *analysis.Analyzer {
	a := check.New(check.Spec{
		Name:     name,
		Doc:      doc,
		Requires: []*analysis.Analyzer{Analyzer},
		Run: func(pass *check.Pass) error {
			for _, d := range Diagnostics(pass, mine) {
				pass.Report(d)
			}
			return nil
		},
	})
	ContractFlag(a)
	return a
}

// Diagnostics are the reports of those findings that are a check's own.
func Diagnostics(pass *check.Pass, mine func(*finding.Finding) bool) []analysis.Diagnostic {
	var out []analysis.Diagnostic
	for _, f := range pass.ResultOf[Analyzer].(*Result).Pick(mine, asked(pass.Analyzer)) {
		out = append(out, f.Diagnostic(pass.Fset, pass.Analyzer.Name))
	}
	return out
}

// Pick returns the findings that keep keeps, in their order, those that are a
// matter of contract only if asked for.
func (r *Result) Pick(keep func(*finding.Finding) bool, contract bool) []*finding.Finding {
	var out []*finding.Finding
	for _, f := range r.Findings {
		if keep(f) && (contract || !f.Contract) {
			out = append(out, f)
		}
	}
	return out
}

// ContractFlag adds the flag by which a check reports what it takes a client to
// make calls in an order that the type may forbid: Close twice, Send after Close.
func ContractFlag(a *analysis.Analyzer) {
	a.Flags.Bool("contract", false, "report also what needs calls in an order that the type may forbid, such as Close twice")
}

// asked reports whether a check's flag is set.
func asked(a *analysis.Analyzer) bool {
	on, ok := a.Flags.Lookup("contract").Value.(flag.Getter)
	return ok && on.Get() == true
}
