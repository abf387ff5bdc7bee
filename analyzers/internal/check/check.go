// Package check builds the analysis.Analyzer of a check from its
// documentation and its run function. What every check has in common lives
// here: the page its diagnostics link to, the filter for suppressed lines,
// and the promise that hard code never makes a pass fail.
package check

import (
	"fmt"
	"reflect"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// Page is the address below which each check has a section.
const Page = "https://github.com/concheck/concheck#"

// Result is what a check leaves for later passes.
type Result struct {
	Name   string // the check
	Panics int    // functions that were given up because the analysis of them panicked
}

// Spec describes a check.
type Spec struct {
	Name      string // also its folder and its flag
	Doc       string // the text of its doc.go
	Run       func(*Pass) error
	Requires  []*analysis.Analyzer
	FactTypes []analysis.Fact
}

// Pass is an analysis.Pass whose Report honours suppressions.
type Pass struct {
	*analysis.Pass
	result *Result
}

// New returns the analyzer of a check. Its doc.go holds "# Analyzer NAME"
// and "NAME: summary" in the manner of x/tools/go/analysis passes.
func New(s Spec) *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name:       s.Name,
		Doc:        mustExtractDoc(s.Doc, s.Name),
		URL:        Page + s.Name,
		Requires:   s.Requires,
		FactTypes:  s.FactTypes,
		ResultType: reflect.TypeFor[*Result](),
	}
	a.Run = func(p *analysis.Pass) (any, error) {
		pass := &Pass{Pass: p, result: &Result{Name: s.Name}}
		err := s.Run(pass)
		return pass.result, err
	}
	return a
}

// Each calls f and survives a panic in it: the function f was about is given
// up and counted, the rest of the package is still analysed. Under go vet a
// failing pass would lose the facts of every package above it.
func (p *Pass) Each(f func()) {
	defer func() {
		if recover() != nil {
			p.result.Panics++
		}
	}()
	f()
}

// mustExtractDoc finds the section of the check in its doc.go.
func mustExtractDoc(content, name string) string {
	_, rest, ok := strings.Cut(content, "# Analyzer "+name+"\n")
	if !ok {
		panic(fmt.Sprintf("doc.go of %s has no section for it", name))
	}
	rest, _, _ = strings.Cut(rest, "*/")
	summary := "\n" + name + ": "
	i := strings.Index(rest, summary)
	if i < 0 {
		panic(fmt.Sprintf("doc.go of %s has no summary line", name))
	}
	return strings.TrimSpace(rest[i+len(summary):])
}
