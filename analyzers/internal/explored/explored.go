// Package explored is the one pass that builds the skeletons of a package and
// explores them, once for all checks. Checks pick what is theirs from its findings.
package explored

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"reflect"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/concheck/concheck/analyzers/finding"
	"github.com/concheck/concheck/analyzers/internal/explore"
	"github.com/concheck/concheck/analyzers/internal/extract"
	"github.com/concheck/concheck/analyzers/internal/host"
	"github.com/concheck/concheck/analyzers/internal/library"
	"github.com/concheck/concheck/analyzers/internal/skeleton"
	"github.com/concheck/concheck/analyzers/internal/testfile"
)

// Analyzer explores a package. Its result is a *Result.
var Analyzer = &analysis.Analyzer{
	Name:             "explored",
	Requires:         []*analysis.Analyzer{Shown},
	Doc:              "explore the schedules of a package's goroutines",
	Run:              run,
	ResultType:       reflect.TypeFor[*Result](),
	RunDespiteErrors: false,
}

// Result is what exploring a package gave.
type Result struct {
	Findings []*finding.Finding // sorted by position
	Stats    Stats
	Roots    []Root           // what there was to explore, in this order
	Package  *extract.Package // nil if the package holds nothing of interest
}

// Root is what came of exploring from one function, the last time if it was
// explored again with more work.
type Root struct {
	Func    string
	Bound   string   // the bound that was hit first, "" if there is none
	Entered []string // the functions it entered, sorted
}

// Stats counts what exploration did.
type Stats struct {
	States  int
	Work    int
	Panics  int
	Refuted int // schedules that the replay refuted
}

// Bounded counts the roots that hit a bound.
func (r *Result) Bounded() (n int) {
	for _, root := range r.Roots {
		if root.Bound != "" {
			n++
		}
	}
	return n
}

// Bounds of a package. Every root gets littleWork, which is enough for nearly
// all, unless there are a great many; those that want more share what is left of
// packageWork, in their order.
const (
	packageWork  = 12_000_000
	littleWork   = 40_000
	rootWork     = 240_000    // of a second go
	testRootWork = 60_000     // likewise of a test: there are many, and what is in one shows early
	testWork     = 6_000_000  // of the first goes of tests, after which each gets hastyWork
	plainWork    = 16_000_000 // likewise of the other roots
	hastyWork    = 2_000
	firstStep    = 6_500     // of one step of a first go
	firstVain    = 4         // such steps, see explore.Limits
	foreignWork  = 1_000_000 // lost on roots that what other packages do makes too large

	// fewStates is what a root that gets a second go has seen at least in its
	// first. With fewer its work went into decisions on data before the first steps, of
	// which there are always more: roots of that kind have been seen to take most of
	// the time of a large program and to find nothing.
	fewStates = 48
)

func run(pass *analysis.Pass) (any, error) {
	res := &Result{}
	if host.FactsOnly.Load() {
		return res, nil
	}
	exploreInto(pass, res)
	res.addCensus(pass)
	return res, nil
}

// exploreInto explores the package, if there is anything to explore.
func exploreInto(pass *analysis.Pass, res *Result) {
	src := pass.ResultOf[Shown].(*Source)
	if !src.toExplore(pass) {
		return
	}
	defer func() {
		if recover() != nil {
			// The package is given up: its facts and its other checks are not.
			res.Stats.Panics++
		}
	}()
	defer src.form.Alone()()
	pkg := extract.Build(extract.Input{
		Fset:     pass.Fset,
		Pkg:      src.form.Package(),
		Files:    pass.Files,
		Imported: src.archive,
		Errors:   src.form.Errors,
	})
	res.Package = pkg
	(&explorer{pkg: pkg, fset: pass.Fset, files: pass.Files, info: pass.TypesInfo, entered: map[string]int{}, noted: map[string]int{}, endings: map[opened]string{}, lapses: map[lapse]bool{}, abroad: map[string]bool{}, demands: map[demand]bool{}, spent: map[bool]int{}, whole: explore.NewProgram(pkg.Prog), res: res}).run()
}

type explorer struct {
	pkg     *extract.Package
	fset    *token.FileSet
	files   []*ast.File
	info    *types.Info
	entered map[string]int // functions that an exploration entered, and how
	noted   map[string]int // indices in the result's roots, by function
	endings map[opened]string
	lapses  map[lapse]bool
	demands map[demand]bool
	abroad  map[string]bool  // roots that are explored without other packages
	lost    int              // work on roots for which what other packages do was too much
	spent   map[bool]int     // work of first goes, of tests and of other roots
	prog    *explore.Program // in which roots are explored now: one of these
	whole   *explore.Program
	alone   *explore.Program // without what other packages have shown, nil before it is needed
	res     *Result
}

// How explorations have entered a function: with all that its callers can do, or
// with a part of it. What a function leaves behind while main goes on is not seen
// from main.
const (
	complete = iota
	incomplete
)

// run explores the roots: first those that others may call, then, of the rest,
// those that no complete exploration has entered. What their callers pass is
// only partly known then: a finding that assumes something of it proves nothing.
func (e *explorer) run() {
	told := map[token.Pos]bool{}
	for _, secondary := range []bool{false, true} {
		var again, scant []extract.Root
		for _, r := range e.pkg.Roots {
			if r.Secondary != secondary || secondary && e.enteredFully(r.Func) {
				continue
			}
			e.prog = e.whole
			if e.lost > foreignWork {
				e.abroad[r.Func] = true
				e.prog = e.aloneProgram()
			}
			little, before := e.little(r), e.res.Stats.Work
			res := e.exploreFirst(r, little)
			e.take(r, res, told)
			if res != nil && res.Bound != "" && e.prog == e.whole && e.goesAbroad(res) {
				e.lost += res.Work
				// What other packages do may be too much: better without it than not at all.
				e.abroad[r.Func] = true
				e.prog = e.aloneProgram()
				res = e.exploreFirst(r, little)
				e.take(r, res, told)
			}
			e.spent[isTest(r)] += e.res.Stats.Work - before
			if res != nil && (res.Scant || res.Bound == "goroutines") {
				scant = append(scant, r)
			}
			if res != nil && res.Bound != "" && res.States >= fewStates {
				again = append(again, r)
			}
		}
		for _, r := range again {
			e.prog = e.whole
			if e.abroad[r.Func] {
				e.prog = e.aloneProgram()
			}
			work := packageWork - e.res.Stats.Work
			if work < littleWork {
				continue
			}
			// Most mistakes show before a loop has gone round three times, and a search
			// that runs out of work may never have left its first loop.
			most := rootWork
			if isTest(r) {
				most = testRootWork
			}
			e.take(r, e.exploreRounds(r, min(work/2, most/2), fewRounds), told)
			e.take(r, e.explore(r, min(work/2, most)), told)
		}
		e.runPlenty(scant, told)
	}
	e.runPatient(told)
	e.runClients(told)
	finding.Sort(e.res.Findings)
	e.res.Findings = oneCause(e.res.Findings)
}

func isTest(r extract.Root) bool { return explore.RootKind(r.Kind) == explore.Test }

// little is the work of the first go of a root: littleWork unless the package has
// a lot of them. Then it is enough for what shows at once.
func (e *explorer) little(r extract.Root) int {
	most := plainWork
	if isTest(r) {
		most = testWork
	}
	if e.spent[isTest(r)] > most {
		return hastyWork
	}
	return littleWork
}

// goesAbroad reports whether an exploration has entered a function of another package.
func (e *explorer) goesAbroad(res *explore.Result) bool {
	return slices.ContainsFunc(res.Entered, func(fn string) bool {
		f := e.pkg.Prog.Funcs[fn]
		return f != nil && f.Foreign()
	})
}

// aloneProgram is the program in which functions of other packages are unknown.
func (e *explorer) aloneProgram() *explore.Program {
	if e.alone == nil {
		p := &skeleton.Program{Funcs: maps.Clone(e.pkg.Prog.Funcs), Types: e.pkg.Prog.Types}
		maps.DeleteFunc(p.Funcs, func(_ string, f *skeleton.Func) bool { return f.Foreign() })
		e.alone = explore.NewProgram(p)
	}
	return e.alone
}

func (e *explorer) enteredFully(fn string) bool {
	how, ok := e.entered[fn]
	return ok && how == complete
}

// assuming reports whether a schedule needs the environment or a choice of data
// that may depend on what callers pass. How calls go does not, nor does the end of
// a context: who takes one has to reckon with it.
func assuming(f explore.Finding) bool {
	return slices.ContainsFunc(f.Steps, func(s explore.Step) bool {
		return s.Env && !s.Timer && !s.Ended || slices.ContainsFunc(s.Choices, func(c explore.Choice) bool { return !c.Outcome })
	})
}

// panics reports whether a kind of finding is a panic that recover catches.
func panics(k explore.Kind) bool {
	return k == explore.SendClosed || k == explore.CloseClosed || k == explore.CloseNil || k == explore.NegativeCounter
}

// hasInputs reports whether a function gets anything from its callers: what is
// unknown to one that does not is as unknown wherever it is called.
func (e *explorer) hasInputs(fn string) bool {
	f := e.pkg.Prog.Funcs[fn]
	return f == nil || len(f.Params)+len(f.Frees) > 0
}

// take takes over what exploring a root gave.
func (e *explorer) take(r extract.Root, res *explore.Result, told map[token.Pos]bool) {
	if res == nil {
		return
	}
	if seen, ok := e.entered[r.Func]; r.Secondary && ok && seen == incomplete && e.hasInputs(r.Func) {
		res.Findings = slices.DeleteFunc(res.Findings, assuming)
	}
	if isTest(r) {
		res.Findings = slices.DeleteFunc(res.Findings, func(f explore.Finding) bool { return hangs(f) && (fails(f) || served(f) || e.always(r, &f)) })
	}
	if testfile.At(e.fset, r.Pos) {
		bubble := slices.Contains(res.Entered, library.Bubble)
		res.Findings = slices.DeleteFunc(res.Findings, func(f explore.Finding) bool {
			return bubble && f.Kind == explore.Stuck || hangs(f) && served(f) || (impatient(f) || chosen(f)) && !e.anyway(r, &f)
		})
	}
	if !isTest(r) {
		res.Findings = slices.DeleteFunc(res.Findings, func(f explore.Finding) bool { return e.refused(r, &f) })
	}
	res.Findings = slices.DeleteFunc(res.Findings, func(f explore.Finding) bool { return e.unordered(res, &f) })
	if r.Guarded {
		res.Findings = slices.DeleteFunc(res.Findings, func(f explore.Finding) bool { return f.Main.Root && panics(f.Kind) })
	}
	for _, f := range res.Entered {
		if res.Bound == "" && (r.Kind != extract.Main || e.pkg.InMain(f)) {
			e.entered[f] = complete
		} else if _, ok := e.entered[f]; !ok {
			e.entered[f] = incomplete
		}
	}
	e.note(Root{r.Func, res.Bound, res.Entered})
	e.add(r, res, told)
}

// note keeps what came of a root, in place of what came of it before.
func (e *explorer) note(r Root) {
	at, ok := e.noted[r.Func]
	if !ok {
		e.noted[r.Func] = len(e.res.Roots)
		e.res.Roots = append(e.res.Roots, r)
		return
	}
	e.res.Roots[at] = r
}

// fewRounds is how often a schedule goes round its loops at first where roots
// have hit a bound.
const fewRounds = 2

func (e *explorer) explore(r extract.Root, work int) *explore.Result {
	return e.exploreRounds(r, work, 0)
}

// exploreRounds is explore with a bound on rounds.
func (e *explorer) exploreRounds(r extract.Root, work, rounds int) *explore.Result {
	return e.runOnce(r, explore.Limits{Work: work, Rounds: rounds})
}

// exploreFirst is explore for a first go. A step that needs more than firstStep of
// work has not been seen to end with what a first go has.
func (e *explorer) exploreFirst(r extract.Root, work int) *explore.Result {
	return e.runOnce(r, explore.Limits{Work: work, Step: firstStep, Vain: firstVain})
}

// runOnce runs one root; a panic in it gives up this root alone.
func (e *explorer) runOnce(r extract.Root, lim explore.Limits) (res *explore.Result) {
	defer func() {
		if recover() != nil {
			e.res.Stats.Panics++
			res = nil
		}
	}()
	res = e.prog.Run(explore.Root{Func: r.Func, Kind: explore.RootKind(r.Kind)}, lim)
	e.res.Stats.States += res.States
	e.res.Stats.Work += res.Work
	return res
}
