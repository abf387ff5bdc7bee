package lockset

import (
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strconv"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/host"
	"github.com/concheck/concheck/analyzers/internal/lazyssa"
)

// pkg is the analysis of one package.
type pkg struct {
	pass *analysis.Pass
	fset *token.FileSet
	ssa  *ssa.Package
	fns  []*ssa.Function

	cells     map[*ssa.Alloc]cell
	makers    map[*ssa.Function]*ssa.MakeClosure
	summaries map[*ssa.Function]*Effects
	frames    map[*ssa.Function]*frame
	ordered   []*frame // in the order of analysis, callees first
	leaves    map[leaver]bool
	active    map[*ssa.Function]bool
	stack     []*ssa.Function
	again     map[*ssa.Function]bool            // part of a recursion
	usedBy    map[*ssa.Function][]*ssa.Function // whose summaries a summary went into
	earlier   map[*ssa.Function]*Effects        // the first round's summaries of these
	facts     map[*types.Func]*Effects
	mixed     bool // tests beside what they test
	panics    int
	ops       []*ssa.Value // room for the operands of an instruction
	depth     int          // of the recursion in class

	lines    map[token.Pos]string          // see where
	declared map[*ssa.Global]*ssa.Function // see endsPath, nil before it is needed

	used     map[*ssa.Function]bool // functions that an instruction names
	passedOn map[*ssa.Function]bool // function literals that are started as goroutines, or passed on

	stores   map[string][]ssa.Value // what is assigned to a field or global of interface or function type
	aliases  map[string]lockAlias
	funcs    map[string][]*storedFunc // what is kept in fields of function type
	families map[string]*family
	assigned map[string][]*ssa.Store // what is assigned to fields that point to objects, by class
	backs    map[string]bool         // see leadsBack
	looks    map[*ssa.Function]*frame
	concrete map[*types.Named][]types.Type // interface type: what is converted to it here
	wrappers map[*types.Func]op            // see wrapper
	groups   map[*types.Named]bool         // see isGroup

	orphans  map[string][]orphanRelease // releases of what the function did not lock, by class
	consumed map[consumer]bool          // callees whose callers release what they left locked
	locked   map[string]int             // direct acquisitions by class
	writers  map[string]bool            // classes that somebody waits to lock for writing
	edges    []edge
	layered  map[string]bool // classes of which one object's lock is locked under another's
	calledBy map[*ssa.Function][]ssa.CallInstruction
	invokes  map[string][]ssa.CallInstruction // calls through interfaces, by method
	loose    map[*types.TypeName]bool         // see confined, nil before it is asked for
	methods  map[string]bool                  // see inInterface, nil before it is asked for
	taken    map[*ssa.Function]bool           // functions used as values
	findings []*Finding
	chans    *census          // the one in hand
	scans    map[bool]*census // see census
}

// A consumer is a caller that releases what fn left locked.
type consumer struct{ fn, class string }

type orphanRelease struct {
	fn   *ssa.Function
	lock lock
	mode Mode
	at   ssa.Instruction
	held []heldAt
}

// makesError tells whether a function, or a variable that is one, makes errors, nil if
// it does not.
func (p *pkg) makesError(fn types.Object) *lazyssa.MakesError {
	form, ok := p.pass.ResultOf[lazyssa.Analyzer].(*lazyssa.Form)
	if fn == nil || !ok || form.Errors == nil {
		return nil
	}
	return form.Errors(fn)
}

func newPkg(pass *analysis.Pass) *pkg {
	return &pkg{
		pass: pass, fset: pass.Fset,
		cells:     map[*ssa.Alloc]cell{},
		makers:    map[*ssa.Function]*ssa.MakeClosure{},
		summaries: map[*ssa.Function]*Effects{},
		frames:    map[*ssa.Function]*frame{},
		active:    map[*ssa.Function]bool{},
		again:     map[*ssa.Function]bool{},
		usedBy:    map[*ssa.Function][]*ssa.Function{},
		earlier:   map[*ssa.Function]*Effects{},
		facts:     map[*types.Func]*Effects{},
		stores:    map[string][]ssa.Value{},
		concrete:  map[*types.Named][]types.Type{},
		wrappers:  map[*types.Func]op{},
		groups:    map[*types.Named]bool{},
		scans:     map[bool]*census{},
		orphans:   map[string][]orphanRelease{},
		consumed:  map[consumer]bool{},
		locked:    map[string]int{},
		writers:   map[string]bool{},
		layered:   map[string]bool{},
		used:      map[*ssa.Function]bool{},
		passedOn:  map[*ssa.Function]bool{},
		backs:     map[string]bool{},
		looks:     map[*ssa.Function]*frame{},
		lines:     map[token.Pos]string{},
	}
}

// analyse computes the summaries of all functions, callees first, and the
// findings.
func (p *pkg) analyse() {
	for _, fn := range p.fns {
		p.guard(func() { p.summary(fn) })
	}
	// Recursive functions once more, now that their callees are known, and then those
	// who have taken over how locks were left by one of which it is not true.
	p.redo(p.again)
	p.redo(p.misled())
	if host.FactsOnly.Load() {
		return
	}
	p.guard(p.judgeExits)
	p.guard(p.judgeOrder)
	p.guard(p.judgeBlocking)
}

// redo computes the summaries and findings of some functions anew.
func (p *pkg) redo(fns map[*ssa.Function]bool) {
	if len(fns) == 0 {
		return
	}
	for _, fn := range p.fns {
		if fns[fn] {
			p.earlier[fn] = p.summaries[fn]
			p.forgetFindings(fn)
			delete(p.summaries, fn)
		}
	}
	p.ordered = slices.DeleteFunc(p.ordered, func(f *frame) bool { return fns[f.fn] })
	for _, fn := range p.fns {
		p.guard(func() { p.summary(fn) })
	}
}

// misled are the functions that have used, themselves or through others, the earlier
// summary of a recursive function that leaves locks otherwise.
func (p *pkg) misled() map[*ssa.Function]bool {
	out := map[*ssa.Function]bool{}
	var work []*ssa.Function
	for fn := range p.again {
		if was, is := p.earlier[fn], p.summaries[fn]; was != nil && is != nil && !slices.EqualFunc(was.Net, is.Net, Variant.equal) {
			work = append(work, p.usedBy[fn]...)
		}
	}
	for len(work) > 0 {
		fn := work[len(work)-1]
		if work = work[:len(work)-1]; !out[fn] {
			out[fn] = true
			work = append(work, p.usedBy[fn]...)
		}
	}
	return out
}

func (p *pkg) guard(f func()) {
	defer func() {
		if r := recover(); r != nil {
			if debugPanics {
				panic(r)
			}
			p.panics++
		}
	}()
	f()
}

var noEffects = &Effects{}

// summary returns the effects of a function of the package.
func (p *pkg) summary(fn *ssa.Function) *Effects {
	if n := len(p.stack); n > 0 {
		if by := p.usedBy[fn]; len(by) == 0 || by[len(by)-1] != p.stack[n-1] {
			p.usedBy[fn] = append(by, p.stack[n-1])
		}
	}
	if e, ok := p.summaries[fn]; ok {
		return e
	}
	if len(fn.Blocks) == 0 {
		return noEffects
	}
	if p.active[fn] {
		for k := len(p.stack) - 1; k >= 0; k-- {
			p.again[p.stack[k]] = true
			if p.stack[k] == fn {
				break
			}
		}
		if e := p.earlier[fn]; e != nil {
			return e
		}
		return noEffects
	}
	p.active[fn] = true
	p.stack = append(p.stack, fn)
	defer func() {
		delete(p.active, fn)
		p.stack = p.stack[:len(p.stack)-1]
	}()
	if !p.touchesLocks(fn) {
		e := p.light(fn)
		p.summaries[fn] = e
		return e
	}
	f := newFrame(p, fn)
	f.run()
	e := noEffects
	if !f.overflow {
		e = f.summarize()
	}
	p.summaries[fn] = e
	p.frames[fn] = f
	p.ordered = append(p.ordered, f)
	return e
}

// touchesLocks reports whether a function changes or acquires locks, itself or
// below. The dataflow passes over everything else.
func (p *pkg) touchesLocks(fn *ssa.Function) bool {
	touches := false
	for _, b := range fn.Blocks {
		for _, i := range b.Instrs {
			if c, ok := i.(ssa.CallInstruction); ok && p.callTouches(c.Common()) {
				touches = true // go on: all callees are to be analysed first
			}
			touches = touches || p.waits(i)
			if r, ok := i.(*ssa.Return); ok && p.returnsLocking(r) {
				touches = true
			}
		}
	}
	return touches
}

func (p *pkg) callTouches(c *ssa.CallCommon) bool {
	if c.IsInvoke() {
		return syncMethod(c.Method) != opNone || p.fromHere(c)
	}
	touches := false
	for _, a := range c.Args {
		if mc, ok := a.(*ssa.MakeClosure); ok {
			fn, _ := mc.Fn.(*ssa.Function)
			touches = touches || p.funcTouches(fn)
		}
	}
	switch v := c.Value.(type) {
	case *ssa.Function:
		touches = p.funcTouches(v) || touches
	case *ssa.MakeClosure:
		fn, _ := v.Fn.(*ssa.Function)
		touches = p.funcTouches(fn) || touches
	case *ssa.UnOp: // perhaps a variable or field that holds a closure
		switch a := v.X.(type) {
		case *ssa.Alloc:
			if mc, ok := p.cellOf(a).only.(*ssa.MakeClosure); ok {
				fn, _ := mc.Fn.(*ssa.Function)
				touches = p.funcTouches(fn) || touches
			}
		}
	}
	if c.StaticCallee() == nil {
		list, _ := p.keptIn(c.Value)
		for _, sf := range list {
			touches = p.funcTouches(sf.fn) || touches
		}
	}
	return touches
}

func (p *pkg) funcTouches(fn *ssa.Function) bool {
	if fn == nil {
		return false
	}
	if m, ok := fn.Object().(*types.Func); ok && syncMethod(m) != opNone {
		return true
	}
	if m := boundMethod(fn); m != nil {
		if real := fn.Prog.FuncValue(m); real != nil {
			return p.effectsOf(real).touches()
		}
		return false
	}
	return p.effectsOf(fn).touches()
}

// where is a position in the text form of facts and messages.
func (p *pkg) where(pos token.Pos) string {
	if !pos.IsValid() {
		return ""
	}
	text, ok := p.lines[pos]
	if !ok {
		at := p.fset.Position(pos)
		text = filepath.Base(at.Filename) + ":" + strconv.Itoa(at.Line)
		p.lines[pos] = text
	}
	return text
}

// localHelper reports whether a function literal is only called or deferred
// where it is made.
func (p *pkg) localHelper(fn *ssa.Function) bool {
	if fn.Parent() == nil || p.passedOn[fn] {
		return false
	}
	mc := p.makers[fn]
	return mc == nil || p.onlyCalled(mc)
}

// orphan notes the release of a lock that the function did not lock.
func (p *pkg) orphan(f *frame, lk lock, m Mode, i ssa.Instruction, s *state) {
	if p.localHelper(f.fn) {
		return // its callers are judged
	}
	var held []heldAt
	for _, e := range s.entries {
		if e.held() {
			held = append(held, heldAt{f.locks[e.lock], e})
		}
	}
	p.orphans[lk.class] = append(p.orphans[lk.class], orphanRelease{f.fn, lk, m, i, held})
}

func (p *pkg) forgetFindings(fn *ssa.Function) {
	p.findings = slices.DeleteFunc(p.findings, func(f *Finding) bool { return f.fn == fn })
	p.edges = slices.DeleteFunc(p.edges, func(e edge) bool { return e.fn == fn })
	for k, os := range p.orphans {
		p.orphans[k] = slices.DeleteFunc(os, func(o orphanRelease) bool { return o.fn == fn })
	}
}
