// Package check builds the analysis.Analyzer of a check from its
// documentation and its run function. What every check has in common lives
// here: the page its diagnostics link to, the filter for suppressed lines,
// and the promise that hard code never makes a pass fail.
package check

import (
	"fmt"
	"go/token"
	"reflect"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/concheck/concheck/analyzers/internal/host"
	"github.com/concheck/concheck/analyzers/internal/suppress"
)

// Page is the address below which the documentation of each check stands.
const Page = "https://pkg.go.dev/github.com/concheck/concheck/analyzers/"

// Result is what a check leaves for later passes.
type Result struct {
	Name   string // the check
	Panics int    // functions that were given up because the analysis of them panicked

	// Suppressed holds the names in directives that silenced a finding of
	// this check, one entry a finding.
	Suppressed []suppress.Use
}

// Repanic makes Each and the analyzers let panics through. Tests set it, so
// that a mistake in a check shows where it happened.
var Repanic bool

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
	result     *Result
	directives *suppress.Directives
}

// New returns the analyzer of a check. Its doc.go holds "# Analyzer NAME"
// and "NAME: summary" in the manner of x/tools/go/analysis passes.
func New(s Spec) *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name:       s.Name,
		Doc:        Doc(s.Doc, s.Name),
		URL:        Page + s.Name,
		Requires:   append([]*analysis.Analyzer{suppress.Analyzer}, s.Requires...),
		FactTypes:  s.FactTypes,
		ResultType: reflect.TypeFor[*Result](),
	}
	a.Run = func(p *analysis.Pass) (any, error) {
		pass := &Pass{
			Pass:       p,
			result:     &Result{Name: s.Name},
			directives: p.ResultOf[suppress.Analyzer].(*suppress.Directives),
		}
		var err error
		pass.Each(func() { err = s.Run(pass) })
		return pass.result, err
	}
	return a
}

// Report reports a finding, unless a directive speaks of its line. It hides
// the method of analysis.Pass, which nothing but this one should call.
func (p *Pass) Report(d analysis.Diagnostic) {
	if uses := p.directives.At(p.Fset, d.Pos, p.result.Name); len(uses) > 0 {
		p.result.Suppressed = append(p.result.Suppressed, uses...)
		return
	}
	if d.URL == "" {
		d.URL = Page + p.result.Name // else drivers make one of the category
	}
	if host.GolangciLint.Load() {
		d.Related = nil
	}
	p.Pass.Report(d)
}

// Reportf reports a finding that is a position and a text.
func (p *Pass) Reportf(pos token.Pos, format string, args ...any) {
	p.Report(analysis.Diagnostic{Pos: pos, Message: fmt.Sprintf(format, args...)})
}

// ReportRangef reports a finding about a piece of source.
func (p *Pass) ReportRangef(rng analysis.Range, format string, args ...any) {
	p.Report(analysis.Diagnostic{Pos: rng.Pos(), End: rng.End(), Message: fmt.Sprintf(format, args...)})
}

// Each calls f and survives a panic in it: the function f was about is given
// up and counted, the rest of the package is still analysed. Under go vet a
// failing pass would lose the facts of every package above it.
func (p *Pass) Each(f func()) {
	defer func() {
		if Repanic {
			return
		}
		if recover() != nil {
			p.result.Panics++
		}
	}()
	f()
}

// Doc finds the section of a check in the text of its doc.go. It panics where
// there is none: that is a mistake in the program.
func Doc(content, name string) string {
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
