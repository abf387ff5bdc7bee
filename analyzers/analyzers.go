// Package analyzers is the one registry of concheck's checks.
package analyzers

import (
	"slices"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/concheck/concheck/analyzers/copylock"
	"github.com/concheck/concheck/analyzers/nolint"
)

// checks are the checks proper, sorted by name. The one that watches over the
// suppressions of the others is built by Select.
var checks = []*analysis.Analyzer{
	copylock.Analyzer,
}

// All returns every check, sorted by name. Each call returns the same ones.
var All = sync.OnceValue(func() []*analysis.Analyzer {
	return Select(func(string) bool { return true })
})

// Select returns the checks whose name keep keeps, sorted by name. Hosts that let
// a user switch checks off take them from here, not by filtering All: which
// suppressions are without need depends on the checks that run.
func Select(keep func(name string) bool) []*analysis.Analyzer {
	var selected []*analysis.Analyzer
	for _, a := range checks {
		if keep(a.Name) {
			selected = append(selected, a)
		}
	}
	if keep(nolint.Analyzer.Name) {
		selected = append(selected, nolint.New(names(), slices.Clone(selected)))
	}
	slices.SortFunc(selected, byName)
	return selected
}

// names returns the names of all checks.
func names() []string {
	ns := []string{nolint.Analyzer.Name}
	for _, a := range checks {
		ns = append(ns, a.Name)
	}
	slices.Sort(ns)
	return ns
}

func byName(a, b *analysis.Analyzer) int {
	if a.Name < b.Name {
		return -1
	}
	return 1
}
