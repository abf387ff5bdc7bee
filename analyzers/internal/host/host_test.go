package host

import (
	"go/ast"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
)

func TestStandard(t *testing.T) {
	want := map[string]bool{
		"sync":                           true,
		"net/http":                       true,
		"cmd/go/internal/str":            true,
		"golang.org/x/tools/go/analysis": false,
		"github.com/concheck/concheck/analyzers/internal/host": false,
	}
	var paths []string
	for p := range want {
		paths = append(paths, p)
	}
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax}, paths...)
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	a := &analysis.Analyzer{Name: "a", Doc: "a", Run: func(p *analysis.Pass) (any, error) {
		if got := Standard(p.Fset, p.Pkg, p.Files); got != want[p.Pkg.Path()] {
			t.Errorf("%s: %v", p.Pkg.Path(), got)
		}
		if Standard(p.Fset, p.Pkg, []*ast.File{}) {
			t.Errorf("%s: without files", p.Pkg.Path())
		}
		return nil, nil
	}}
	graph, err := checker.Analyze([]*analysis.Analyzer{a}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, act := range graph.Roots {
		if act.Err != nil {
			t.Error(act.Err)
		}
		seen++
	}
	if seen != len(want) {
		t.Errorf("%d packages", seen)
	}
}
