// Package lockset computes, for every function, which locks are held where.
//
// # What it computes
//
// A forward dataflow over the SSA form of one function at a time, callees
// before callers. A lock is an access path: parameter, receiver, captured
// variable, global or any other SSA value, followed by fields, loads and
// indexes (place). The abstract state maps locks to an entry: held for
// reading or writing, free again after a release, or "as it was at entry"
// (no entry at all); beside it stand the deferred calls so far and what is
// known of the values that were branched on. States that agree on locks and
// deferred calls are merged, others are kept apart, so that a lock taken
// under a condition is released under the same condition.
//
// # Must and may
//
// Every status that is reported is a must: the lock is held (or free) on all
// paths that lead to the state, and since the paths came together no branch
// was taken that may depend on how they came (entry.ambiguous). What a callee
// may lock is a may with conditions: the values of flags it was given have to
// be known. A release that could be about a held lock under another name, an
// address handed to unknown code and a closure that unlocks and goes
// somewhere make a lock lost: nothing is said about it any more.
//
// # Who else may unlock
//
// Any goroutine may unlock a sync.Mutex. That a function returns with a lock
// held is therefore reported only where nobody can be meant to release it:
// no function of the package releases a lock of that class which it has not
// acquired, no caller releases what this function leaves held, the lock is not
// in what is returned; or where the function itself releases it on its other
// ways out, and the way out in question is not the successful one.
//
// # Summaries
//
// Effects is what callers need: acquisitions with the call chain, net effects
// by way of returning (with conditions on parameters and on results),
// callbacks with what is held around them. Object facts carry it to importing
// packages.
//
// # What is ignored
//
// Panics, unless the runtime's own; aliasing through memory other than fields
// that get one value; reflection; unsafe; locks that are not those of package
// sync, except through methods that wrap one. A field is taken not to change
// between two loads unless the function itself assigns it.
//
// # Bounds
//
// Everything is bounded by counts: states of a block, visits, acquisitions and
// variants of a summary, length of chains and of cycles. A function over a
// bound has no summary and no findings.
package lockset

import (
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/host"
	"github.com/concheck/concheck/analyzers/internal/lazyssa"
)

// Analyzer computes the findings and facts about locks of a package once, for
// the checks to select from.
var Analyzer = &analysis.Analyzer{
	Name:       "lockset",
	Doc:        "which locks are held where",
	Run:        run,
	Requires:   []*analysis.Analyzer{lazyssa.Analyzer},
	FactTypes:  []analysis.Fact{new(Effects)},
	ResultType: reflect.TypeFor[*Result](),
}

// Result holds the findings of a package, sorted by position.
type Result struct {
	Findings []*Finding
	Turns    []token.Pos // releases of variables that another function locks: goroutines take turns
	Panics   int         // functions given up
}

// A Kind is the kind of a finding.
type Kind string

const (
	Return        Kind = "return"         // left locked on a way out
	Partner       Kind = "partner"        // released in the other mode
	Unheld        Kind = "unheld"         // released twice, or never locked
	Double        Kind = "double"         // locked while held
	RecursiveRead Kind = "recursive-read" // read-locked while read-locked
	Order         Kind = "order"          // locked in opposite orders
	Blocking      Kind = "blocking"       // waits under a lock its partner needs
	Own           Kind = "own"            // waits for what only the waiting goroutine would do
)

// A Finding is something wrong with a lock, with what the checks need to say it.
type Finding struct {
	Kind      Kind
	Pos       token.Pos
	Lock      string // the lock, in the user's words
	Other     string // the other lock, or the channel, group or condition
	At        token.Pos
	Mode      Mode // what is asked for, or released
	HeldMode  Mode
	Once      bool
	Deferred  bool
	Callee    string   // the function through which it happens
	Leave     string   // how control leaves: return, break, continue, goto, "" for the end of the function
	Op        string   // the blocking operation
	Held      []Step   // how the lock came to be held
	Chain     []Step   // how control gets to the point of the finding
	Others    [][]Step // the other sides of a cycle
	Elsewhere []Step   // where the others hold what is asked for
	Arguments bool     // two locks of one kind, in the order of the arguments
	Fixes     []analysis.SuggestedFix

	fn   *ssa.Function
	lock lock
	by   *call // the callee that left the lock held
}

// debugPanics lets panics through, for tests.
var debugPanics = false

func run(pass *analysis.Pass) (any, error) {
	if exempt(pass.Pkg.Path()) || known(pass) || !concerned(pass) {
		return &Result{}, nil
	}
	form := pass.ResultOf[lazyssa.Analyzer].(*lazyssa.Form)
	defer form.Alone()()
	p := newPkg(pass)
	p.guard(func() { p.ssa = form.Package(); p.fns = p.functions() })
	if p.ssa == nil {
		return &Result{Panics: p.panics}, nil
	}
	p.mixed = !strings.HasSuffix(pass.Pkg.Path(), "_test")
	p.guard(p.index)
	p.analyse()
	p.export()
	return &Result{Findings: p.finish(), Turns: p.turns(), Panics: p.panics}, nil
}

// exempt lists the packages that implement locks, and their tests.
func exempt(path string) bool {
	path = strings.TrimSuffix(path, "_test")
	switch path {
	case "sync", "sync/atomic", "internal/sync", "runtime", "unsafe", "internal/runtime/atomic":
		return true
	}
	return strings.HasPrefix(path, "internal/runtime/") || strings.HasPrefix(path, "runtime/internal/")
}

// concerned reports whether the package can hold a lock at all: it uses a function
// of package sync, perhaps a promoted one, a lock behind an interface, or a
// function with a fact, unless it is too large to look for those.
// One that hands arguments on to fmt or log concerns those who hold locks meanwhile.
func concerned(pass *analysis.Pass) bool {
	large := pass.ResultOf[lazyssa.Analyzer].(*lazyssa.Form).Large
	logs := !large && mayHandOn(pass)
	for _, obj := range pass.TypesInfo.Uses {
		fn, ok := obj.(*types.Func)
		if ok && (lockerMethod(fn) != opNone || logs && formattersOf(fn) != nil) {
			return true
		}
		if !ok || fn.Pkg() == nil || fn.Pkg() == pass.Pkg {
			continue
		}
		if fn.Pkg().Path() == "sync" || !large && pass.ImportObjectFact(fn.Origin(), new(Effects)) {
			return true
		}
	}
	return false
}

// export stores the summaries that other packages can ask for.
func (p *pkg) export() {
	for _, fn := range p.fns {
		e := p.summaries[fn]
		if e == nil || e.empty() && len(e.Formats) == 0 || fn.Object() == nil || fn.Parent() != nil || !fn.Object().Exported() {
			continue
		}
		if x := p.exported(e); !x.empty() || len(x.Formats) > 0 {
			p.pass.ExportObjectFact(fn.Object(), x)
		}
	}
}

// exported returns what of a summary means something elsewhere: nobody else can
// hold the locks inside the standard library while calling it.
func (p *pkg) exported(e *Effects) *Effects {
	x := &Effects{Net: e.Net, Calls: e.Calls, Returns: e.Returns}
	std := host.Standard(p.pass.Fset, p.pass.Pkg, p.pass.Files)
	if !std {
		x.Formats = e.Formats // of the standard library formatters knows
	}
	for _, a := range e.Acquires {
		if a.Path == "" && (std || strings.HasPrefix(a.Class, "var ")) {
			continue
		}
		if std && !strings.HasPrefix(a.Path, "p") {
			continue
		}
		x.Acquires = append(x.Acquires, a)
	}
	return x
}

// report notes a finding about a lock.
func (p *pkg) report(f *Finding, lk lock, fn *ssa.Function) {
	f.lock, f.fn = lk, fn
	p.findings = append(p.findings, f)
}

// finish filters and sorts the findings: one for each position and kind.
func (p *pkg) finish() []*Finding {
	var out []*Finding
	for _, f := range p.findings {
		if f.Kind == RecursiveRead && !p.writers[f.lock.class] {
			continue // readers alone never wait for each other
		}
		if f.Kind == Double && p.handedOver(f) {
			continue
		}
		if f.by != nil && p.leaves[leaver{f.by.fn, f.lock.class}] {
			continue // the callee is reported for leaving the lock held
		}
		out = append(out, f)
	}
	slices.SortStableFunc(out, func(a, b *Finding) int {
		if a.Pos != b.Pos {
			return int(a.Pos) - int(b.Pos)
		}
		if c := strings.Compare(string(a.Kind), string(b.Kind)); c != 0 {
			return c
		}
		return len(a.Chain) - len(b.Chain)
	})
	return slices.CompactFunc(out, func(a, b *Finding) bool { return a.Pos == b.Pos && a.Kind == b.Kind })
}

// handedOver reports whether another function releases a variable that a
// finding says is locked twice: two goroutines take turns.
func (p *pkg) handedOver(f *Finding) bool {
	return strings.HasPrefix(f.lock.class, "var ") && slices.ContainsFunc(p.orphans[f.lock.class], func(o orphanRelease) bool { return o.fn != f.fn })
}

// turns collects the releases of variables that only other functions lock.
func (p *pkg) turns() []token.Pos {
	var turns []token.Pos
	for class, releases := range p.orphans {
		if p.locked[class] == 0 || !strings.HasPrefix(class, "var ") {
			continue
		}
		for _, o := range releases {
			turns = append(turns, position(o.at))
		}
	}
	slices.Sort(turns)
	return turns
}
