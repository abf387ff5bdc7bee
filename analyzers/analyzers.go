// Package analyzers is the one registry of concheck's checks.
package analyzers

import (
	"slices"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/concheck/concheck/analyzers/closedchan"
	"github.com/concheck/concheck/analyzers/copylock"
	"github.com/concheck/concheck/analyzers/deadlock"
	"github.com/concheck/concheck/analyzers/goroutineleak"
	"github.com/concheck/concheck/analyzers/internal/host"
	"github.com/concheck/concheck/analyzers/lostcancel"
	"github.com/concheck/concheck/analyzers/nolint"
	"github.com/concheck/concheck/analyzers/unclosedchan"
	"github.com/concheck/concheck/analyzers/unlock"
	"github.com/concheck/concheck/analyzers/waitgroup"
)

// checks are the checks proper, sorted by name. The one that watches over the
// suppressions of the others is built by Select.
var checks = []*analysis.Analyzer{
	closedchan.Analyzer,
	copylock.Analyzer,
	deadlock.Analyzer,
	goroutineleak.Analyzer,
	lostcancel.Analyzer,
	unclosedchan.Analyzer,
	unlock.Analyzer,
	waitgroup.Analyzer,
}

// All returns every check, sorted by name. Each call returns the same ones.
var All = sync.OnceValue(func() []*analysis.Analyzer {
	return Select(func(string) bool { return true })
})

// Select returns the checks whose name keep keeps, sorted by name. Hosts that let
// a user switch checks off take them from here, not by filtering All: which
// suppressions are without need depends on the checks that run. See Restrict.
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

// Restrict is for hosts that must hand all checks to a driver which chooses
// among them later: it makes the check of suppressions watch only those that keep
// keeps, so that the others do not run in its name.
func Restrict(all []*analysis.Analyzer, keep func(name string) bool) {
	for _, a := range all {
		if a.Name == nolint.Analyzer.Name {
			a.Requires = slices.DeleteFunc(slices.Clone(a.Requires), func(r *analysis.Analyzer) bool {
				return slices.Contains(checks, r) && !keep(r.Name)
			})
		}
	}
}

// UnderGolangciLint makes the checks of this process leave to golangci-lint what
// it does itself: it obeys //nolint and //nolint:concheck, and watches over them.
func UnderGolangciLint() { host.GolangciLint.Store(true) }

// ForFactsOnly makes the checks of this process look for no findings: all that is
// asked for is what importing packages want to know.
func ForFactsOnly() { host.FactsOnly.Store(true) }

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
