package explore

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Each file of testdata is a program in text form. A comment line "//want"
// gives one expected finding: its kind, and the operation and name at fault.
// The root is the first function.
func TestPrograms(t *testing.T) {
	files, err := filepath.Glob("testdata/*.skel")
	if err != nil || len(files) == 0 {
		t.Fatal("no programs", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".skel"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			prog, err := skeleton.Parse(string(text))
			if err != nil {
				t.Fatal(err)
			}
			var want []string
			root, kind, bound := "", Plain, ""
			for line := range strings.Lines(string(text)) {
				line = strings.TrimSpace(line)
				if rest, ok := strings.CutPrefix(line, "//want "); ok {
					want = append(want, rest)
				}
				if rest, ok := strings.CutPrefix(line, "//bound "); ok {
					bound = rest
				}
				if line == "//main" {
					kind = Main
				}
				if rest, ok := strings.CutPrefix(line, "func "); ok && root == "" {
					root, _, _ = strings.Cut(rest, " ")
				}
			}
			res := Run(prog, Root{Func: root, Kind: kind}, Limits{})
			if res.Bound != bound {
				t.Errorf("bound hit: %q, want %q", res.Bound, bound)
			}
			if diff := cmp.Diff(want, summaries(res)); diff != "" {
				t.Errorf("findings (-want +got):\n%s%s", diff, schedules(res))
			}
		})
	}
}

func summaries(res *Result) []string {
	var out []string
	for _, f := range res.Findings {
		out = append(out, fmt.Sprintf("%s %s %s others %d", kindNames[f.Kind], f.Main.Op, f.Main.Name, len(f.Others)))
	}
	return out
}

var kindNames = [...]string{"stuck", "sendclosed", "closeclosed", "closenil", "negative", "unlocked", "endless", "spin"}

func schedules(res *Result) string {
	var b strings.Builder
	for _, f := range res.Findings {
		fmt.Fprintf(&b, "%s %s\n", kindNames[f.Kind], f.Main.Name)
		for _, s := range f.Steps {
			fmt.Fprintf(&b, "\tg%d %s %s case %d partner %d %v\n", s.Goroutine, s.Op, s.Name, s.Case, s.Partner, s.Choices)
		}
	}
	return b.String()
}
