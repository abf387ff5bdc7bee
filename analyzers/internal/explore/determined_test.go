package explore

import (
	"strings"
	"testing"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Two reasons for the same wait: neither of them alone is needed, and yet there has
// to be one, unless the third block waits, too.
func TestAnyway(t *testing.T) {
	const text = `
func p.F "F" () {
b0:
	%0 = makechan/p 0 name="ch"
	%1 = sym/b name="late"
	branch %1 ->b3,b1 @1
b1:
	%2 = sym/b name="after"
	branch %2 ->b3,b2 @2
b2:
	LAST
	jump ->b3
b3:
	recv/o %0 name="ch" @4
	return
}
`
	data := func(c Choice) bool { return c.Val != "nil" }
	for last, want := range map[string]bool{"close %0": false, "yield nil": true} {
		prog, err := skeleton.Parse(strings.Replace(text, "LAST", last, 1))
		if err != nil {
			t.Fatal(err)
		}
		p := NewProgram(prog)
		root := Root{Func: "p.F", Kind: Test}
		res := p.Run(root, Limits{})
		if len(res.Findings) != 1 {
			t.Fatalf("%s: %d findings", last, len(res.Findings))
		}
		if got, _ := p.Anyway(root, &res.Findings[0], data, Limits{}); got != want {
			t.Errorf("%s: %v, want %v", last, got, want)
		}
	}
}
