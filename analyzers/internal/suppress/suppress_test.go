package suppress

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		text string
		want *Directive
	}{
		{"//nolint:concheck // ours", &Directive{Names: []string{"concheck"}, Reason: "ours"}},
		{"//nolint:copylock,Waitgroup,errcheck // two and a stranger", &Directive{Names: []string{"copylock", "waitgroup", "errcheck"}, Reason: "two and a stranger"}},
		{"// nolint: copylock", &Directive{Names: []string{"copylock"}}},
		{"//nolint:copylock because", &Directive{Names: []string{"copylock"}}},
		{"//nolint", &Directive{Names: []string{"all"}}},
		{"//nolint // all of it", &Directive{Names: []string{"all"}, Reason: "all of it"}},
		{"//nolint:all", &Directive{Names: []string{"all"}}},
		{"//nolint:", nil},
		{"//nolintlint", nil},
		{"// nolint is a word", nil},
		{"/*nolint*/", nil},
		{"//lint:ignore concheck/copylock of its own", &Directive{Names: []string{"copylock"}, Reason: "of its own", Lint: true}},
		{"//lint:ignore SA2002,concheck/unlock both", &Directive{Names: []string{"unlock"}, Reason: "both", Lint: true}},
		{"//lint:ignore concheck/unlock", &Directive{Names: []string{"unlock"}, Lint: true}},
		{"//lint:ignore SA2002 another tool", nil},
		{"// lint:ignore concheck/unlock not a directive", nil},
	} {
		if diff := cmp.Diff(c.want, Parse(c.text)); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", c.text, diff)
		}
	}
}

// Each directive names the line it must speak of.
func TestLine(t *testing.T) {
	const src = `package p //nolint:l1

//nolint:l4
import "fmt"

//nolint:l8
// Text below it.
func f(a, //nolint:l8
	b int, //nolint:l9
) { //nolint:l10
	//nolint:l13
	//nolint:l13
	if a > 0 {
		fmt.Println()
	} //nolint:l15

	//nolint:l18

	switch {
	case a > 1, //nolint:l20
		b > 1: //nolint:l21
	default: //nolint:l22
		_ = []int{
			1, //nolint:l24
		} //nolint:l25
	}
	/* before */ //nolint:l28
	a = 1 /* within */ //nolint:l28
	b = 2
	//nolint:l31
}
`
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "p.go", src, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	ds := find(fset, []*ast.File{f})
	if len(ds.List) != strings.Count(src, "//nolint") {
		t.Errorf("found %d directives", len(ds.List))
	}
	for _, d := range ds.List {
		if got := fmt.Sprint("l", d.Line); got != d.Names[0] {
			t.Errorf("line %d: speaks of %s, want %s", fset.Position(d.Pos).Line, got, d.Names[0])
		}
	}
}
