package lockset

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMerge(t *testing.T) {
	held := []entry{{lock: 1, cur: Write}}
	a, b := Cond{"p0", "true", true}, Cond{"p1", "nil", true}
	first := &state{entries: held, conds: []Cond{a, b}}
	got := merge([]*state{
		first,
		{conds: []Cond{a}},
		{entries: held, conds: []Cond{b}},
		{entries: held, conds: []Cond{a, b}},
	})
	var conds [][]Cond
	for _, s := range got {
		conds = append(conds, s.conds)
	}
	if diff := cmp.Diff([][]Cond{{b}, {a}}, conds); diff != "" {
		t.Errorf("what the merged states know (-want +got):\n%s", diff)
	}
	if len(first.conds) != 2 {
		t.Error("a state that others may share has changed")
	}
}
