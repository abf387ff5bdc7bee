package analyzers_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/txtar"

	"github.com/concheck/concheck/analyzers"
	"github.com/concheck/concheck/analyzers/internal/checktest"
)

// What the checks of x/tools want of their own testdata, ours must report, line
// by line, and nothing that is held correct there.
func TestPeers(t *testing.T) {
	cmd := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "golang.org/x/tools")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	passes := filepath.Join(strings.TrimSpace(string(out)), "go", "analysis", "passes")
	for _, check := range []struct {
		name     string
		gopath   []string // packages in testdata/src
		archives []string // modules in testdata/src/NAME.txtar
	}{
		{"copylock", []string{"a", "typeparams", "issue67787", "unfortunate"}, []string{"forstmt/go21", "forstmt/go22"}},
		{"waitgroup", []string{"a"}, nil},
	} {
		t.Run(check.name, func(t *testing.T) {
			testdata := filepath.Join(passes, check.name, "testdata")
			if _, err := os.Stat(testdata); err != nil {
				t.Skip(err) // a vendored x/tools has no testdata
			}
			i := slices.IndexFunc(analyzers.All(), func(a *analysis.Analyzer) bool { return a.Name == check.name })
			if i < 0 {
				t.Fatal("no such check")
			}
			a := analyzers.All()[i]
			lines := compareLines(t, a, testdata, []string{"GOPATH=" + testdata, "GO111MODULE=off"}, check.gopath...)
			for _, name := range check.archives {
				dir := extract(t, filepath.Join(testdata, "src", name+".txtar"))
				lines += compareLines(t, a, dir, []string{"GO111MODULE=on", "GOPROXY=off"}, "./...")
			}
			t.Logf("%d wanted lines", lines)
			if lines == 0 {
				t.Error("nothing is wanted: the testdata was not found")
			}
		})
	}
}

// compareLines returns how many lines of the packages want something.
func compareLines(t *testing.T, a *analysis.Analyzer, dir string, env []string, patterns ...string) int {
	t.Helper()
	pkgs, err := packages.Load(&packages.Config{
		Mode: packages.LoadAllSyntax | packages.NeedModule,
		Dir:  dir,
		Env:  slices.Concat(os.Environ(), env, []string{"GOWORK=off"}),
	}, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	runDespiteErrors(t, a) // unused variables abound there
	graph, err := checker.Analyze([]*analysis.Analyzer{a}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	wanted, got := make(map[string]bool), make(map[string][]string)
	for _, act := range graph.Roots {
		if act.Err != nil {
			t.Errorf("%s: %v", act.Package, act.Err)
		}
		for _, d := range act.Diagnostics {
			p := act.Package.Fset.Position(d.Pos)
			at := fmt.Sprintf("%s:%d", p.Filename, p.Line)
			got[at] = append(got[at], d.Message)
		}
		for _, file := range act.Package.GoFiles {
			for _, w := range checktest.Wants(t, file) {
				wanted[fmt.Sprintf("%s:%d", file, w.Line)] = true
			}
		}
	}
	for at := range wanted {
		if got[at] == nil {
			t.Errorf("%s: wanted, not reported", at)
		}
	}
	for at, messages := range got {
		if !wanted[at] {
			t.Errorf("%s: held correct, reported: %s", at, strings.Join(messages, "; "))
		}
	}
	return len(wanted)
}

// runDespiteErrors lets an analyzer run on ill-typed packages while the test lasts.
func runDespiteErrors(t *testing.T, a *analysis.Analyzer) {
	old := a.RunDespiteErrors
	a.RunDespiteErrors = true
	t.Cleanup(func() { a.RunDespiteErrors = old })
	for _, r := range a.Requires {
		runDespiteErrors(t, r)
	}
}

// extract unpacks an archive into a new directory.
func extract(t *testing.T, filename string) string {
	t.Helper()
	ar, err := txtar.ParseFile(filename)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, f := range ar.Files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
