package copylock_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	vet "golang.org/x/tools/go/analysis/passes/copylock"
	"golang.org/x/tools/go/packages"

	"github.com/concheck/concheck/analyzers/copylock"
	"github.com/concheck/concheck/analyzers/internal/checktest"
)

func TestCorpus(t *testing.T) {
	checktest.RunWithFixes(t, copylock.Analyzer)
}

// What go vet reports on the corpus this check reports, too, but for the lines
// that say "unlike go vet", where nothing is copied that anybody could lock.
func TestSuperset(t *testing.T) {
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax, Dir: checktest.Corpus(t)}, "./copylock/...")
	if err != nil {
		t.Fatal(err)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{vet.Analyzer, copylock.Analyzer}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	lines := map[*analysis.Analyzer]map[string]bool{vet.Analyzer: {}, copylock.Analyzer: {}}
	for _, act := range graph.Roots {
		for _, d := range act.Diagnostics {
			p := act.Package.Fset.Position(d.Pos)
			lines[act.Analyzer][fmt.Sprintf("%s:%d", p.Filename, p.Line)] = true
		}
	}
	unlike := linesWith(t, pkgs, "// unlike go vet")
	for line := range lines[vet.Analyzer] {
		if !lines[copylock.Analyzer][line] && !unlike[line] {
			t.Errorf("%s: reported by go vet only", line)
		}
	}
	for line := range unlike {
		if !lines[vet.Analyzer][line] {
			t.Errorf("%s: not reported by go vet", line)
		}
	}
	if len(lines[vet.Analyzer]) == 0 {
		t.Error("go vet reports nothing")
	}
}

func linesWith(t *testing.T, pkgs []*packages.Package, comment string) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	for _, pkg := range pkgs {
		for _, file := range pkg.GoFiles {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for i, line := range strings.Split(string(bytes.TrimSpace(data)), "\n") {
				if strings.Contains(line, comment) {
					found[fmt.Sprintf("%s:%d", file, i+1)] = true
				}
			}
		}
	}
	return found
}
