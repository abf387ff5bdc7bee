// Package explored is the one pass that builds the skeletons of a package and
// explores them, once for all checks. Checks pick what is theirs from its findings.
package explored

import (
	"go/ast"
	"go/token"
	"reflect"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/concheck/concheck/analyzers/finding"
	"github.com/concheck/concheck/analyzers/internal/explore"
	"github.com/concheck/concheck/analyzers/internal/extract"
)

// Analyzer explores a package. Its result is a *Result.
var Analyzer = &analysis.Analyzer{
	Name:             "explored",
	Doc:              "explore the schedules of a package's goroutines",
	Run:              run,
	ResultType:       reflect.TypeFor[*Result](),
	RunDespiteErrors: false,
}

// Result is what exploring a package gave.
type Result struct {
	Findings []*finding.Finding // sorted by position
	Stats    Stats
	Package  *extract.Package // nil if the package holds nothing of interest
}

// Stats counts what exploration did.
type Stats struct {
	Roots   int
	Bounded map[string]int // roots that hit a limit, by the limit
	States  int
	Work    int
	Panics  int
}

// Bounds of a package: once its roots have taken packageWork, each further root
// gets littleWork.
const (
	packageWork = 20_000_000
	littleWork  = 50_000
)

func run(pass *analysis.Pass) (any, error) {
	res := &Result{Stats: Stats{Bounded: map[string]int{}}}
	if !extract.Relevant(pass.Files) {
		return res, nil
	}
	defer func() {
		if recover() != nil {
			// The package is given up: its facts and its other checks are not.
			res.Stats.Panics++
		}
	}()
	pkg := extract.Build(extract.Input{
		Fset:  pass.Fset,
		Pkg:   extract.BuildSSA(pass.Fset, pass.Pkg, pass.Files, pass.TypesInfo),
		Files: pass.Files,
	})
	res.Package = pkg
	(&explorer{pkg: pkg, files: pass.Files, prog: explore.NewProgram(pkg.Prog), res: res}).run()
	return res, nil
}

type explorer struct {
	pkg   *extract.Package
	files []*ast.File
	prog  *explore.Program
	res   *Result
}

// run explores the roots: first those that others may call, then, of the rest,
// those that no complete exploration has entered.
func (e *explorer) run() {
	entered := map[string]bool{}
	told := map[token.Pos]bool{}
	for _, secondary := range []bool{false, true} {
		for _, r := range e.pkg.Roots {
			if r.Secondary != secondary || secondary && entered[r.Func] {
				continue
			}
			res := e.explore(r)
			if res == nil {
				continue
			}
			if res.Bound == "" {
				for _, f := range res.Entered {
					entered[f] = true
				}
			}
			e.add(r, res, told)
		}
	}
	finding.Sort(e.res.Findings)
	e.res.Findings = oneCall(e.res.Findings)
}

// oneCall keeps, of the library calls at which goroutines of one kind wait for
// the same object, the first: a writer of a pipe may be left at any of its writes.
func oneCall(sorted []*finding.Finding) []*finding.Finding {
	type cause struct {
		entry, root string
		made        token.Pos
	}
	told := map[cause]bool{}
	return slices.DeleteFunc(sorted, func(f *finding.Finding) bool {
		if f.Kind != finding.Call || !f.Made.IsValid() {
			return false
		}
		c := cause{f.Entry, f.Root, f.Made}
		if told[c] {
			return true
		}
		told[c] = true
		return false
	})
}

// explore runs one root; a panic in it gives up this root alone.
func (e *explorer) explore(r extract.Root) (res *explore.Result) {
	defer func() {
		if recover() != nil {
			e.res.Stats.Panics++
			res = nil
		}
	}()
	var lim explore.Limits
	if e.res.Stats.Work > packageWork {
		lim.Work = littleWork
	}
	res = e.prog.Run(explore.Root{Func: r.Func, Kind: explore.RootKind(r.Kind)}, lim)
	e.res.Stats.Roots++
	e.res.Stats.States += res.States
	e.res.Stats.Work += res.Work
	if res.Bound != "" {
		e.res.Stats.Bounded[res.Bound]++
	}
	return res
}

// add takes over a root's findings: one report for one place.
func (e *explorer) add(r extract.Root, res *explore.Result, told map[token.Pos]bool) {
	for i := range res.Findings {
		f := e.translate(r, &res.Findings[i])
		if f.Pos.IsValid() && !told[f.Pos] {
			told[f.Pos] = true
			e.res.Findings = append(e.res.Findings, f)
		}
	}
}

// Pick returns the findings that keep keeps, in their order.
func (r *Result) Pick(keep func(*finding.Finding) bool) []*finding.Finding {
	return slices.DeleteFunc(slices.Clone(r.Findings), func(f *finding.Finding) bool { return !keep(f) })
}
