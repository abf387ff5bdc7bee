package finding_test

import (
	"go/token"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/concheck/concheck/analyzers/finding"
)

// Loops stand once, where they ended; the end of a long schedule is kept.
func TestCondensed(t *testing.T) {
	step := func(g, pos int, text string) finding.Step {
		return finding.Step{Goroutine: g, Pos: token.Pos(pos), Text: text}
	}
	got := finding.Condensed([]finding.Step{
		step(0, 1, "locks mu"), step(1, 2, "sends on c"), step(0, 3, "receives from c"), step(1, 2, "sends on c"), step(2, 2, "sends on c"),
	})
	want := []finding.Step{
		step(0, 1, "locks mu"), step(0, 3, "receives from c"), step(1, 2, "sends on c (2 times)"), step(2, 2, "sends on c"),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}

	var long []finding.Step
	for i := range 30 {
		long = append(long, step(0, i+1, "locks mu"))
	}
	got = finding.Condensed(long)
	if len(got) != 12 || got[0].Text != "after 18 earlier steps: locks mu" || got[11].Pos != 30 {
		t.Errorf("long schedule: %d steps, %v", len(got), got)
	}
}
