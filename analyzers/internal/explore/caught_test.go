package explore

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Code out of sight gets a function that calls a method which calls the methods
// of that name, each of the others: what all of them do is found in a time that
// does not grow with the ways through them.
func TestUsesOfMethods(t *testing.T) {
	const types = 60
	var text strings.Builder
	text.WriteString(`
func p.F "F" () {
b0:
	%0 = makechan/p 0 name="ch"
	%1 = alloc/p
	store/p %1 %0
	%2 = iface :p.T0 %1
	%3 = closure &p.visit %2
	havoc :e %3
	%4 = recv/p %0 name="ch" @1
	return
}
func p.visit () free (v:p) {
b0:
	call .M %0
	return
}
`)
	for i := range types {
		fmt.Fprintf(&text, "type p.T%d {\n\tM p.M%d\n}\nfunc p.M%d (t:p) {\nb0:\n\tcall .M %%0\n\treturn\n}\n", i, i, i)
	}
	text.WriteString("type p.Sender {\n\tM p.Send\n}\nfunc p.Send (t:p) {\nb0:\n\t%1 = load/p %0\n\tDO\n\treturn\n}\n")
	for does, want := range map[string][]string{
		"send %1 nil":      nil,
		"%2 = recv/p %1":   {"stuck recv ch others 0"},
		"%2 = bin :eq nil": {"stuck recv ch others 0"},
	} {
		does = strings.ReplaceAll(does, "eq nil", "eq %1 nil")
		prog, err := skeleton.Parse(strings.ReplaceAll(text.String(), "DO", does))
		if err != nil {
			t.Fatal(err)
		}
		res := Run(prog, Root{Func: "p.F"}, Limits{})
		if diff := cmp.Diff(want, summaries(res)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", does, diff)
		}
	}
}
