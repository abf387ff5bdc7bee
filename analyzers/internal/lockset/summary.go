package lockset

import (
	"go/token"
	"go/types"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/lazyssa"
)

// Effects is the summary of a function: what its callers have to know about
// its locks. As a fact it is stored for functions that have any, no others.
// Paths in it are portable: they start at a parameter, a captured variable or
// a global.
type Effects struct {
	Acquires []Acquire // may: what it locks, itself or below
	Net      []Variant // one for each way to return; none: it changes no lock
	Calls    []Callback
	Waits    []Wait     // within the package only
	Funcs    []Returned // function literals it returns, likewise
	Made     *Made      // the object it makes and returns, likewise
	Returns  string     // the path of the only result, if that is always the same
	Formats  []Format   // what it has formatted of what it is given; of no effect on locks by itself
}

// AFact marks Effects as a fact.
func (*Effects) AFact() {}

func (e *Effects) String() string {
	var parts []string
	for _, a := range e.Acquires {
		parts = append(parts, "locks "+a.Class)
	}
	return strings.Join(parts, ", ")
}

func (e *Effects) empty() bool {
	return len(e.Acquires) == 0 && len(e.Net) == 0 && len(e.Calls) == 0 && len(e.Waits) == 0 && len(e.Funcs) == 0 && e.Made == nil && e.Returns == ""
}

// touches reports whether the effects are on locks, or may be to those who
// hold some.
func (e *Effects) touches() bool { return len(e.Acquires) > 0 || len(e.Net) > 0 || len(e.Waits) > 0 }

// runs reports whether the net effect is known to contain the callback.
func (e *Effects) runs(path string) bool {
	return slices.ContainsFunc(e.Net, func(v Variant) bool { return slices.Contains(v.Calls, path) })
}

// light summarizes a function without locks: the path it returns, the object
// it makes, the functions it was given and calls. Most functions are of this kind,
// and hold nothing that a frame is needed for.
func (p *pkg) light(fn *ssa.Function) *Effects {
	e := &Effects{}
	frame := sync.OnceValue(func() *frame { return newFrame(p, fn) })
	for _, b := range fn.Blocks {
		for _, i := range b.Instrs {
			switch i := i.(type) {
			case *ssa.Call:
				if prm, ok := i.Call.Value.(*ssa.Parameter); ok && !i.Call.IsInvoke() && len(e.Calls) < maxCalls {
					path := frame().base(prm).key()
					if !slices.ContainsFunc(e.Calls, func(c Callback) bool { return c.Path == path }) {
						e.Calls = append(e.Calls, Callback{Path: path, Chain: []Step{frame().step0(i, " calls "+prm.Name())}})
					}
				}
			case *ssa.Return:
				if len(fn.Blocks) == 1 && len(i.Results) == 1 && lockish(i.Results[0].Type()) {
					if p := frame().placeOf(i.Results[0]); p.portable() {
						e.Returns = p.key()
					}
				}
			}
		}
	}
	if mayMake(fn) {
		e.Made = frame().madeObject()
	}
	e.Formats = p.formats(fn)
	if e.empty() && len(e.Formats) == 0 {
		return noEffects
	}
	return e
}

// Acquire is one acquisition a call may lead to.
type Acquire struct {
	Path    string // "" where callers cannot name the lock
	Class   string
	Name    string // in the words of the function that locks
	Mode    Mode
	Once    bool
	Pre     []Cond   // what has to hold at entry
	Dropped []string // paths the function has released before
	Under   []string // classes it holds meanwhile
	Depends bool     // on what is in some field
	Pending []Held   // locks it holds then, as yet in no order with this one: that waits for the conditions
	Chain   []Step   // the calls, outermost first, then the acquisition
}

// Variant is the net effect of one way through a function.
type Variant struct {
	Pre   []Cond // over what the function is given
	Delta []Delta
	Post  []Cond // over results: the atoms are #0, #1, …
	Calls []string
}

// Delta is what happened to one lock from entry to return.
type Delta struct {
	Path  string
	Class string
	Need  Mode // it has to be held at entry
	Cur   Mode // how it is held at return
	Lost  bool // no telling
}

// Callback is a call of a function the caller has passed in, captured or
// stored.
type Callback struct {
	Path  string
	Held  []Held // locks the callee holds then
	Chain []Step
}

// Held is a lock that is held around a callback.
type Held struct {
	Path, Class, Name string
	Mode              Mode
	Where             Step
}

// Step is one step of a call chain.
type Step struct {
	Text  string // `F calls G`, `G locks c.mu`
	Where string // file:line, all that is left of a position in a fact
	pos   token.Pos
}

// Pos is the position of the step, if it is in the package at hand.
func (s Step) Pos() token.Pos { return s.pos }

// Bounds of a summary. What is over a bound is left out: an acquisition is
// then not seen by callers; a net effect that has too many variants makes the
// locks in question lost.
const (
	maxAcquires = 60
	maxVariants = 8
	maxChain    = 12
	maxCalls    = 8
)

// summarize turns the states at the returns into the summary.
func (f *frame) summarize() *Effects {
	e := &Effects{Acquires: f.acquires, Calls: f.callbacks, Waits: f.waits}
	var variants []Variant
	for _, x := range f.exits {
		variants = f.addVariant(variants, f.variant(x))
	}
	e.Net = f.simplify(variants)
	e.Returns = f.returnedPath()
	e.Funcs = f.returnedFuncs()
	e.Made = f.madeObject()
	e.Formats = f.pkg.formats(f.fn)
	return e
}

func (f *frame) variant(x exit) Variant {
	var v Variant
	for _, en := range x.state.entries {
		l := f.locks[en.lock]
		if !l.place.portable() || l.once {
			continue
		}
		lost := en.lost || en.ambiguous || en.need == 0 && en.cur != 0 && (f.handsFunc(x) || f.handsLock(x, l))
		if !lost && en.cur == 0 && en.need == 0 {
			continue // locked and unlocked again
		}
		v.Delta = append(v.Delta, Delta{l.place.key(), l.class, en.need, en.cur, lost})
	}
	v.Calls = x.state.called
	for _, c := range x.state.conds {
		if f.entryAtom(c.Atom) {
			v.Pre = append(v.Pre, c)
		}
	}
	v.Post = f.results(x)
	return v
}

// handsFunc reports whether a return gives back a function: it may be the one
// that releases what is left held.
func (f *frame) handsFunc(x exit) bool {
	for _, r := range x.ret.Results {
		if _, ok := r.Type().Underlying().(*types.Signature); !ok {
			continue
		}
		if val, eq := f.constant(x.state, r); val != "nil" || !eq {
			return true
		}
	}
	return false
}

// handsLock reports whether a return gives back the address of a lock, for the
// caller to release it.
func (f *frame) handsLock(x exit, lk lock) bool {
	seen := map[ssa.Value]bool{}
	var isLock func(v ssa.Value) bool
	isLock = func(v ssa.Value) bool {
		if seen[v] {
			return false
		}
		seen[v] = true
		if phi, ok := v.(*ssa.Phi); ok {
			return slices.ContainsFunc(phi.Edges, isLock)
		}
		return f.placeOf(v).key() == lk.place.key()
	}
	for _, r := range x.ret.Results {
		if isLocker(r.Type()) && isLock(r) {
			return true
		}
	}
	return false
}

// entryAtom reports whether an atom is over what the function was given, and
// means at the return what it meant at entry.
func (f *frame) entryAtom(atom string) bool {
	if strings.ContainsAny(atom, "%(#") || atom == "" {
		return false
	}
	for k := range f.rewritten {
		if strings.HasPrefix(atom, k) {
			return false
		}
	}
	return true
}

// results describes what a return gives back.
func (f *frame) results(x exit) []Cond {
	var post []Cond
	for i, r := range x.ret.Results {
		atom := resultAtom("", i)
		switch val, eq := f.constant(x.state, r); {
		case val != "":
			post = append(post, Cond{atom, val, eq})
		}
	}
	return post
}

// constant returns what constant a value is known to be, or not to be.
func (f *frame) constant(s *state, v ssa.Value) (string, bool) {
	switch r := v.(type) {
	case *ssa.Const:
		return constText(r), true
	case *ssa.MakeInterface, *ssa.Alloc, *ssa.MakeClosure, *ssa.Function, *ssa.MakeMap, *ssa.MakeChan, *ssa.FieldAddr:
		return "nil", false
	case *ssa.Call:
		switch made := f.pkg.makesError(lazyssa.Named(&r.Call)); {
		case made == nil:
		case made.Of < 0:
			return "nil", false
		default:
			if val, eq := f.constant(s, r.Call.Args[made.Arg(&r.Call)]); val == "nil" {
				return val, eq
			}
		}
	case *ssa.UnOp:
		if g, ok := r.X.(*ssa.Global); ok && r.Op == token.MUL && strings.HasPrefix(strings.ToLower(g.Name()), "err") {
			return "nil", false // var ErrClosed = errors.New(…)
		}
		if r.Op == token.NOT {
			val, eq := f.constant(s, r.X)
			switch {
			case val == "true" && eq, val == "false" && !eq:
				return "false", true
			case val == "false" && eq, val == "true" && !eq:
				return "true", true
			}
		}
	}
	atom, val, want := f.test(v)
	if val == "true" && atom != "" && isBoolean(v.Type()) {
		if k := s.knows(atom, val); k != 0 {
			if (k == 1) == want {
				return "true", true
			}
			return "false", true
		}
	}
	atom = f.atom(v, 0)
	for _, c := range s.conds {
		if c.Atom == atom && c.Eq {
			return c.Val, true
		}
	}
	for _, c := range s.conds {
		if c.Atom == atom && c.Val == "nil" {
			return "nil", false
		}
	}
	return "", false
}

func isBoolean(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}

// returnedPath recognises getters: functions whose only result is always the
// same path.
func (f *frame) returnedPath() string {
	if f.fn.Signature.Results().Len() != 1 || len(f.exits) == 0 {
		return ""
	}
	path := ""
	for _, x := range f.exits {
		if len(x.ret.Results) != 1 || !lockish(x.ret.Results[0].Type()) {
			return ""
		}
		p := f.placeOf(x.ret.Results[0])
		if !p.portable() || path != "" && p.key() != path {
			return ""
		}
		path = p.key()
	}
	return path
}

// addAcquire records an acquisition, once for each lock, mode and condition.
func (f *frame) addAcquire(a Acquire) {
	for i := range f.acquires {
		b := &f.acquires[i]
		if a.Path != "" && a.Path == b.Path && a.Once == b.Once {
			// On one path it is released first: a caller that holds it will
			// see to it that this path is taken.
			switch da, db := slices.Contains(a.Dropped, a.Path), slices.Contains(b.Dropped, a.Path); {
			case da && !db:
				b.Dropped = append(slices.Clone(b.Dropped), a.Path)
			case db && !da:
				a.Dropped = append(slices.Clone(a.Dropped), a.Path)
			}
		}
		if a.Path != b.Path || a.Class != b.Class || a.Mode != b.Mode || a.Once != b.Once {
			continue
		}
		if slices.Equal(a.Dropped, b.Dropped) && len(intersect(b.Pre, a.Pre)) == len(b.Pre) {
			b.Depends = b.Depends && a.Depends
			b.Under = slices.DeleteFunc(slices.Clone(b.Under), func(c string) bool { return !slices.Contains(a.Under, c) })
			return // b needs less
		}
	}
	f.acquires = append(f.acquires, a)
}
