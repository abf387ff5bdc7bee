package lockset

import (
	"strconv"

	"golang.org/x/tools/go/ssa"
)

// Functions of the standard library that call the function they are given
// before they return, with its index among the arguments (the receiver
// counts): what that locks is locked while they run. They have no summary of
// their own, be it that package sync has none, or that they pass the function on.
var callsItsArgument = map[string]int{
	"(*sync.Map).Range":           1,
	"sort.Slice":                  1,
	"sort.SliceStable":            1,
	"sort.Search":                 1,
	"slices.SortFunc":             1,
	"slices.SortStableFunc":       1,
	"slices.IndexFunc":            1,
	"slices.ContainsFunc":         1,
	"slices.DeleteFunc":           1,
	"slices.BinarySearchFunc":     2,
	"maps.DeleteFunc":             1,
	"strings.Map":                 0,
	"strings.FieldsFunc":          1,
	"strings.IndexFunc":           1,
	"path/filepath.Walk":          1,
	"path/filepath.WalkDir":       1,
	"io/fs.WalkDir":               2,
	"go/ast.Inspect":              1,
	"expvar.Do":                   0,
	"(*expvar.Map).Do":            1,
	"(*container/ring.Ring).Do":   1,
	"flag.VisitAll":               0,
	"(*flag.FlagSet).VisitAll":    1,
	"(*log/slog.Record).Attrs":    1,
	"(log/slog.Record).Attrs":     1,
	"(*go/token.FileSet).Iterate": 1,
}

// libraryEffects returns the effects of a function in the table.
func (p *pkg) libraryEffects(fn *ssa.Function) *Effects {
	k, ok := callsItsArgument[fn.RelString(nil)]
	if !ok {
		return noEffects
	}
	return &Effects{Calls: []Callback{{Path: "p" + strconv.Itoa(k), Chain: []Step{{Text: funcName(fn) + " calls its argument"}}}}}
}
