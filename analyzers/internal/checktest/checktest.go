// Package checktest runs a check on its part of the corpus.
package checktest

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/concheck/concheck/analyzers/internal/check"
)

// Run applies a check to the packages of testdata/src/NAME, NAME being that
// of the analyzer, and compares its findings with the "// want" comments. The
// names of other folders below testdata/src replace that one.
func Run(t *testing.T, a *analysis.Analyzer, folders ...string) []*analysistest.Result {
	t.Helper()
	check.Repanic = true
	return analysistest.Run(t, Corpus(t), a, patterns(a, folders)...)
}

// RunWithFixes is Run, and compares the files after the suggested fixes with
// their .golden files. A file without a fix needs no .golden file.
func RunWithFixes(t *testing.T, a *analysis.Analyzer, folders ...string) []*analysistest.Result {
	t.Helper()
	check.Repanic = true
	return analysistest.RunWithSuggestedFixes(t, Corpus(t), a, patterns(a, folders)...)
}

func patterns(a *analysis.Analyzer, folders []string) []string {
	if len(folders) == 0 {
		folders = []string{a.Name}
	}
	var ps []string
	for _, f := range folders {
		ps = append(ps, "./"+f+"/...")
	}
	return ps
}

// Corpus returns the absolute path of testdata/src, the root of the corpus.
func Corpus(t testing.TB) string {
	t.Helper()
	return filepath.Join(Root(t), "testdata", "src")
}

// Root returns the absolute path of the module under test: the nearest folder
// above the test's own that holds a go.mod.
func Root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above the test's folder")
		}
		dir = up
	}
}
