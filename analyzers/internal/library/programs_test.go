package library_test

import (
	"fmt"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/concheck/concheck/analyzers/internal/explored"
)

var mark = regexp.MustCompile(`// (stuck|panics): (.*)`)

// TestPrograms explores Go programs that use the models. A comment "stuck:
// ROOTS" stands where a call of one of these functions leaves a goroutine for
// ever, "panics: ROOTS" where it panics; nothing else may be found.
func TestPrograms(t *testing.T) {
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax}, "./testdata/programs/...")
	if err != nil {
		t.Fatal(err)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{explored.Analyzer}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, act := range graph.Roots {
		if act.Err != nil {
			t.Fatal(act.Err)
		}
		t.Run(act.Package.Name, func(t *testing.T) {
			want := map[string]string{}
			for _, file := range act.Package.Syntax {
				for _, group := range file.Comments {
					for _, c := range group.List {
						if m := mark.FindStringSubmatch(c.Text); m != nil {
							want[at(act.Package, c.Pos())] = m[1] + ": " + m[2]
						}
					}
				}
			}
			res := act.Result.(*explored.Result)
			got := map[string]string{}
			for _, f := range res.Findings {
				where := at(act.Package, f.Pos)
				text := "stuck: " + f.Root
				if !f.Kind.Blocks() {
					text = "panics: " + f.Root
				}
				// A place is reported once, for one of its roots.
				if kind, roots, _ := strings.Cut(want[where], ": "); strings.HasPrefix(text, kind+": ") && slices.Contains(strings.Split(roots, ", "), f.Root) {
					text = want[where]
				}
				got[where] = text
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			if res.Bounded() > 0 || res.Stats.Panics > 0 {
				t.Errorf("bounded %v, panics %d", res.Bounded(), res.Stats.Panics)
			}
			t.Logf("%d roots, %d states", len(res.Roots), res.Stats.States)
		})
	}
}

func at(pkg *packages.Package, pos token.Pos) string {
	p := pkg.Fset.Position(pos)
	return fmt.Sprintf("%s:%d", filepath.Base(p.Filename), p.Line)
}
