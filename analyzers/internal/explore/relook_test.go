package explore

import (
	"fmt"
	"testing"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// relooking counts by the length of a list that its caller passed, and goes by the
// length again after %s.
const relooking = `func p.F "F" (batch:p out:p) {
b0:
	%%2 = alloc/w name="wg"
	%%3 = field #1 %%0
	%%4 = load/p %%3
	%%5 = len %%4
	wgadd %%2 %%5 name="wg"
	%s
	%%6 = field #1 %%0
	%%7 = load/p %%6
	%%8 = len %%7
	%%9 = copy -1
	jump ->b1
b1:
	%%10 = bin :add %%9 1
	%%11 = bin :lt %%10 %%8
	branch %%11 ->b2,b3
b2:
	wgadd %%2 -1 name="wg" @1
	%%9 = copy %%10
	jump ->b1
b3:
	return
}
`

// That code out of sight has made the list longer is a guess; that the function does
// so itself is none.
func TestGuessedLength(t *testing.T) {
	for between, guess := range map[string]bool{
		"havoc :e %0": true,
		"%12 = makeslice/p 9 9\n\tstore/p %3 %12": false,
	} {
		prog, err := skeleton.Parse(fmt.Sprintf(relooking, between))
		if err != nil {
			t.Fatal(err)
		}
		res := Run(prog, Root{Func: "p.F", Kind: Plain}, Limits{})
		if len(res.Findings) == 0 {
			t.Errorf("after %q: nothing found", between)
		}
		for i := range res.Findings {
			if f := &res.Findings[i]; f.Guessed() != guess {
				t.Errorf("after %q: guessed %t, want %t:\n%s", between, f.Guessed(), guess, schedules(res))
			}
		}
	}
}
