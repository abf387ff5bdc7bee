package inspect

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/concheck/concheck/analyzers/internal/explored"
)

// All returns the analyzers of this package.
func All() []*analysis.Analyzer { return []*analysis.Analyzer{Dump, Stats, Why} }

// Stats tells how much of a package was explored.
var Stats = &analysis.Analyzer{
	Name:     "stats",
	Doc:      "tell how much of each package was explored, and how many explorations hit a bound",
	Requires: []*analysis.Analyzer{explored.Analyzer},
	Run: func(pass *analysis.Pass) (any, error) {
		res := pass.ResultOf[explored.Analyzer].(*explored.Result)
		if len(res.Roots) > 0 {
			report(pass, "%d roots explored, %d of them up to a bound%s; %d states, %d schedules refuted, %d panics", len(res.Roots), res.Bounded(), bounds(res), res.Stats.States, res.Stats.Refuted, res.Stats.Panics)
		}
		return nil, nil
	},
}

// bounds counts the roots by the bound that they hit first.
func bounds(res *explored.Result) string {
	count := map[string]int{}
	for _, r := range res.Roots {
		if r.Bound != "" {
			count[r.Bound]++
		}
	}
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(count)) {
		parts = append(parts, fmt.Sprintf("%s %d", name, count[name]))
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

// Dump prints the skeletons of a package.
var Dump = &analysis.Analyzer{
	Name:     "dump",
	Doc:      "print the skeletons of each package: what its functions do to channels, locks and goroutines",
	Requires: []*analysis.Analyzer{explored.Analyzer},
	Run: func(pass *analysis.Pass) (any, error) {
		res := pass.ResultOf[explored.Analyzer].(*explored.Result)
		if res.Package != nil {
			report(pass, "skeletons of %s\n%s", pass.Pkg.Path(), res.Package.Prog)
		}
		return nil, nil
	},
}

// report says something about the whole package.
func report(pass *analysis.Pass, format string, args ...any) {
	if len(pass.Files) > 0 {
		pass.Reportf(pass.Files[0].Package, format, args...)
	}
}
