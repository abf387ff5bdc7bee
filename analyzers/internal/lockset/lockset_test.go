package lockset

import (
	"bytes"
	"encoding/gob"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"golang.org/x/tools/go/analysis"

	"github.com/concheck/concheck/analyzers/internal/checktest"
	"github.com/concheck/concheck/analyzers/internal/host"
)

func analyse(t *testing.T, patterns ...string) *checker.Graph {
	t.Helper()
	debugPanics = true
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax, Dir: checktest.Corpus(t)}, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{Analyzer}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, act := range graph.Roots {
		if act.Err != nil {
			t.Fatal(act.Err)
		}
	}
	return graph
}

// facts returns the facts of the packages, encoded, by function.
func facts(t *testing.T, graph *checker.Graph) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	for _, act := range graph.Roots {
		for _, f := range act.AllObjectFacts() {
			if f.Object.Pkg() != act.Package.Types {
				continue
			}
			e, ok := f.Fact.(*Effects)
			if !ok {
				continue
			}
			var b bytes.Buffer
			if err := gob.NewEncoder(&b).Encode(e); err != nil {
				t.Fatal(err)
			}
			out[f.Object.String()] = b.Bytes()
			var back Effects
			if err := gob.NewDecoder(&b).Decode(&back); err != nil {
				t.Fatal(err)
			}
			// A fact keeps of a position only what is written of it.
			if d := cmp.Diff(e, &back, cmpopts.IgnoreUnexported(Step{}), cmpopts.EquateEmpty()); d != "" {
				t.Errorf("%s comes back changed (-before +after):\n%s", f.Object, d)
			}
		}
	}
	return out
}

func TestFacts(t *testing.T) {
	patterns := []string{"./unlock/...", "./deadlock/locks/..."}
	first, second := facts(t, analyse(t, patterns...)), facts(t, analyse(t, patterns...))
	if len(first) < 10 {
		t.Errorf("only %d facts", len(first))
	}
	if d := cmp.Diff(first, second); d != "" {
		t.Errorf("two runs give other bytes:\n%s", d)
	}
}

func TestFindingsAreTheSame(t *testing.T) {
	said := func() []string {
		var out []string
		for _, act := range analyse(t, "./unlock/...", "./deadlock/...").Roots {
			for _, f := range act.Result.(*Result).Findings {
				p := act.Package.Fset.Position(f.Pos)
				var steps []string
				for _, r := range Related(f) {
					steps = append(steps, r.Message)
				}
				out = append(out, p.String()+" "+string(f.Kind)+" "+f.Lock+" "+strings.Join(steps, ", "))
			}
		}
		slices.Sort(out) // the roots come in any order
		return out
	}
	first := said()
	if len(first) < 60 {
		t.Errorf("only %d findings", len(first))
	}
	if d := cmp.Diff(first, said()); d != "" {
		t.Errorf("two runs differ:\n%s", d)
	}
}

// Under golangci-lint the standard library is a dependency only, which nobody
// pays for.
func TestStandardLibraryUnderGolangciLint(t *testing.T) {
	built := func() (findings, facts int) {
		graph := analyse(t, "testing")
		return len(graph.Roots[0].Result.(*Result).Findings), len(graph.Roots[0].AllObjectFacts())
	}
	if n, _ := built(); n == 0 {
		t.Skip("this version of package testing unlocks on every path")
	}
	host.GolangciLint.Store(true)
	defer host.GolangciLint.Store(false)
	if n, facts := built(); n != 0 || facts != 0 {
		t.Errorf("%d findings and %d facts", n, facts)
	}
}
