package randprog

import (
	"slices"
	"testing"

	"github.com/concheck/concheck/analyzers/internal/explore/oracle"
	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

func TestStat(t *testing.T) {
	var states []int
	kinds := map[string]int{}
	for seed := range uint64(2000) {
		p := New(seed)
		s := p.Skeleton()
		text := s.String()
		q, err := skeleton.Parse(text)
		if err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, text)
		}
		if q.String() != text {
			t.Fatalf("seed %d: text changes", seed)
		}
		res := oracle.Exhaustive(q, oracle.Root{Func: Root}, 5000)
		states = append(states, res.States)
		if res.Incomplete != "" {
			kinds[res.Incomplete]++
			continue
		}
		switch {
		case len(res.May) == 0:
			kinds["clean"]++
		case slices.Equal(res.May, res.Must):
			kinds["equal"]++
		default:
			kinds["differ"]++
		}
		seen := map[oracle.Kind]bool{}
		for _, v := range res.Must {
			if !seen[v.Kind] {
				kinds["kind "+v.Kind.String()]++
				seen[v.Kind] = true
			}
		}
	}
	slices.Sort(states)
	t.Log(states[1000], states[1500], states[1800], states[1900], kinds)
}
