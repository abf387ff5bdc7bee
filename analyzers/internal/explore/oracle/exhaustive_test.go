package oracle

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// TestExhaustive goes through the programs of testdata/exhaustive.txtar, each
// with its verdicts in a last line that begins with "# ".
func TestExhaustive(t *testing.T) {
	programs, err := txtar.ParseFile("testdata/exhaustive.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range programs.Files {
		t.Run(p.Name, func(t *testing.T) {
			text, want, _ := strings.Cut(strings.TrimSuffix(string(p.Data), "\n"), "\n# ")
			prog, err := skeleton.Parse(text + "\n")
			if err != nil {
				t.Fatal(err)
			}
			res := Exhaustive(prog, Root{Func: "f"}, 10_000)
			if res.Incomplete != "" {
				t.Fatal(res.Incomplete)
			}
			got, must := list(res.May), list(res.Must)
			if got != must {
				got = "may: " + got + "; must: " + must
			}
			if got != want {
				t.Errorf("%s; want %s", got, want)
			}
		})
	}
}

func list(verdicts []Verdict) string {
	var parts []string
	for _, v := range verdicts {
		parts = append(parts, fmt.Sprint(v))
	}
	return strings.Join(parts, ", ")
}
