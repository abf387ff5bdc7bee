package explore_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/concheck/concheck/analyzers/internal/explore"
	"github.com/concheck/concheck/analyzers/internal/explore/oracle"
	"github.com/concheck/concheck/analyzers/internal/explore/randprog"
	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// FuzzRun explores whatever passes the check of form: it must come to an end
// without a panic, twice with the same result.
func FuzzRun(f *testing.F) {
	files, err := filepath.Glob("testdata/*.skel")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	for seed := range uint64(40) {
		f.Add(randprog.New(seed).Skeleton().String())
	}
	lim := explore.Limits{States: 300, Depth: 200, Objects: 100, Run: 500}
	f.Fuzz(func(t *testing.T, text string) {
		prog, err := skeleton.Parse(text)
		if err != nil {
			return
		}
		for _, name := range slices.Sorted(maps.Keys(prog.Funcs)) {
			for _, kind := range []explore.RootKind{explore.Plain, explore.Main} {
				root := explore.Root{Func: name, Kind: kind}
				a, b := explore.Run(prog, root, lim), explore.Run(prog, root, lim)
				if a.States != b.States || a.Bound != b.Bound || len(a.Findings) != len(b.Findings) {
					t.Fatalf("%s: %d states (%s) and %d findings, then %d (%s) and %d", name,
						a.States, a.Bound, len(a.Findings), b.States, b.Bound, len(b.Findings))
				}
			}
		}
	})
}

// fewerStates keeps each input within the time that a fuzz worker grants it.
func fewerStates(f *testing.F) {
	before := oracleStates
	oracleStates = 300
	f.Cleanup(func() { oracleStates = before })
}

// FuzzSeeds compares the explorer with the oracle on the programs of all seeds.
func FuzzSeeds(f *testing.F) {
	f.Add(uint64(1), false)
	f.Add(uint64(2), true)
	fewerStates(f)
	f.Fuzz(func(t *testing.T, seed uint64, main bool) {
		root := oracle.Root{Func: randprog.Root, Main: main}
		p := randprog.New(seed)
		if diff, ok := disagreement(p.Skeleton(), root, nil); ok && diff != "" {
			t.Fatalf("%s\n%s", diff, p.Skeleton())
		}
	})
}

// FuzzSource extracts from random programs and explores what comes of them.
func FuzzSource(f *testing.F) {
	f.Add(uint64(1), false)
	f.Add(uint64(2), true)
	fewerStates(f)
	f.Fuzz(func(t *testing.T, seed uint64, forms bool) {
		if diff, ok := oneSource(randprog.New(seed), randprog.Options{Forms: forms}); ok && diff != "" {
			t.Fatal(diff)
		}
	})
}
