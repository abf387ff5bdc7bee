package lockset

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/buildssa"
	"golang.org/x/tools/go/ssa"
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
	again     map[*ssa.Function]bool     // part of a recursion
	earlier   map[*ssa.Function]*Effects // the first round's summaries of these
	facts     map[*types.Func]*Effects
	relevant  map[*ssa.Function]bool
	panics    int
	depth     int // of the recursion in class

	passedOn map[*ssa.Function]bool // function literals that are started as goroutines, or passed on

	stores   map[string][]ssa.Value // what is assigned to a field or global of interface or function type
	aliases  map[string]lockAlias
	funcs    map[string][]storedFunc       // what is kept in fields of function type
	concrete map[*types.Named][]types.Type // interface type: what is converted to it here

	orphans  map[string][]orphanRelease // releases of what the function did not lock, by class
	consumed map[consumer]bool          // callees whose callers release what they left locked
	locked   map[string]int             // direct acquisitions by class
	writers  map[string]bool            // classes that are locked for writing somewhere
	edges    []edge
	calledBy map[*ssa.Function][]ssa.CallInstruction
	taken    map[*ssa.Function]bool // functions used as values
	findings []*Finding
	chans    *census
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

func newPkg(pass *analysis.Pass) *pkg {
	b := pass.ResultOf[buildssa.Analyzer].(*buildssa.SSA)
	return &pkg{
		pass: pass, fset: pass.Fset, ssa: b.Pkg, fns: b.SrcFuncs,
		cells:     map[*ssa.Alloc]cell{},
		makers:    map[*ssa.Function]*ssa.MakeClosure{},
		summaries: map[*ssa.Function]*Effects{},
		frames:    map[*ssa.Function]*frame{},
		active:    map[*ssa.Function]bool{},
		again:     map[*ssa.Function]bool{},
		earlier:   map[*ssa.Function]*Effects{},
		facts:     map[*types.Func]*Effects{},
		relevant:  map[*ssa.Function]bool{},
		stores:    map[string][]ssa.Value{},
		concrete:  map[*types.Named][]types.Type{},
		orphans:   map[string][]orphanRelease{},
		consumed:  map[consumer]bool{},
		locked:    map[string]int{},
		writers:   map[string]bool{},
		passedOn:  map[*ssa.Function]bool{},
	}
}

// analyse computes the summaries of all functions, callees first, and the
// findings.
func (p *pkg) analyse() {
	for _, fn := range p.fns {
		p.guard(func() { p.summary(fn) })
	}
	// Recursive functions once more, now that their callees are known.
	if len(p.again) > 0 {
		for _, fn := range p.fns {
			if p.again[fn] {
				p.earlier[fn] = p.summaries[fn]
				p.forgetFindings(fn)
				p.ordered = slices.DeleteFunc(p.ordered, func(f *frame) bool { return f.fn == fn })
				delete(p.summaries, fn)
			}
		}
		for _, fn := range p.fns {
			p.guard(func() { p.summary(fn) })
		}
	}
	p.guard(p.judgeExits)
	p.guard(p.judgeOrder)
	p.guard(p.judgeBlocking)
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
		e := newFrame(p, fn).light()
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
	case *ssa.UnOp: // perhaps a variable that holds a closure
		if a, ok := v.X.(*ssa.Alloc); ok {
			if mc, ok := p.cellOf(a).only.(*ssa.MakeClosure); ok {
				fn, _ := mc.Fn.(*ssa.Function)
				touches = p.funcTouches(fn) || touches
			}
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

// fromHere reports whether the package converts something to the interface of
// an invoke.
func (p *pkg) fromHere(c *ssa.CallCommon) bool {
	n, _ := types.Unalias(c.Value.Type()).(*types.Named)
	if n == nil {
		return false
	}
	for _, t := range p.concrete[n.Origin()] {
		if fn := p.method(t, c.Method); fn != nil && p.effectsOf(fn).touches() {
			return true
		}
	}
	return false
}

// effectsOf returns the effects of any function: computed here, or the fact.
func (p *pkg) effectsOf(fn *ssa.Function) *Effects {
	if o := fn.Origin(); o != nil {
		fn = o
	}
	if fn.Pkg == p.ssa || fn.Pkg == nil && len(fn.Blocks) > 0 {
		return p.summary(fn)
	}
	m, _ := fn.Object().(*types.Func)
	if m == nil {
		return noEffects
	}
	if e, ok := p.facts[m]; ok {
		return e
	}
	e := new(Effects)
	if !p.pass.ImportObjectFact(m.Origin(), e) {
		e = noEffects
	}
	p.facts[m] = e
	return e
}

// target pairs a function with what it is given.
func (p *pkg) target(fn *ssa.Function, args, bindings []ssa.Value) *target {
	return &target{name: funcName(fn), fn: fn, effects: p.effectsOf(fn), args: args, bindings: bindings}
}

// index collects what is needed before functions are analysed.
func (p *pkg) index() {
	defer p.indexFuncs()
	p.indexConds()
	for _, fn := range p.fns {
		for _, b := range fn.Blocks {
			for _, i := range b.Instrs {
				switch i := i.(type) {
				case *ssa.MakeClosure:
					if fn, ok := i.Fn.(*ssa.Function); ok {
						p.makers[fn] = i
					}
				case *ssa.Store:
					p.indexStore(i)
					p.indexUses(i, false)
				case ssa.CallInstruction:
					p.indexCall(i.Common())
					_, spawn := i.(*ssa.Go)
					p.indexUses(i, spawn)
				default:
					p.indexUses(i, false)
				case *ssa.MakeInterface:
					if n, ok := types.Unalias(i.Type()).(*types.Named); ok {
						o := n.Origin()
						if !slices.ContainsFunc(p.concrete[o], func(t types.Type) bool { return types.Identical(t, i.X.Type()) }) {
							p.concrete[o] = append(p.concrete[o], i.X.Type())
						}
					}
				}
			}
		}
	}
}

// indexUses notes the function literals without captured variables that are
// more than called; those with are values of their own.
func (p *pkg) indexUses(i ssa.Instruction, spawn bool) {
	var buf [8]*ssa.Value
	for k, op := range i.Operands(buf[:0]) {
		if fn, ok := (*op).(*ssa.Function); ok && fn.Parent() != nil {
			if _, call := i.(ssa.CallInstruction); spawn || !call || k > 0 {
				p.passedOn[fn] = true
			}
		}
	}
}

// indexCall counts the acquisitions of each class.
func (p *pkg) indexCall(c *ssa.CallCommon) {
	var o op
	var recv ssa.Value
	if c.IsInvoke() {
		o, recv = syncMethod(c.Method), c.Value
	} else if fn, ok := c.Value.(*ssa.Function); ok && len(c.Args) > 0 {
		m, _ := fn.Object().(*types.Func)
		o, recv = syncMethod(m), c.Args[0]
	}
	if m := o.acquires(); m != 0 || o == opTryLock || o == opTryRLock {
		c := p.class(recv)
		if a := p.alias(c); a.class != "" {
			c = a.class
		}
		p.locked[c]++
		if m == Write || o == opTryLock {
			p.writers[c] = true
		}
	}
}

// indexStore notes what is assigned to fields and globals that hold
// interfaces, functions or conditions.
func (p *pkg) indexStore(s *ssa.Store) {
	switch s.Val.Type().Underlying().(type) {
	case *types.Interface, *types.Signature, *types.Pointer:
	default:
		return
	}
	if _, ok := s.Addr.(*ssa.Alloc); ok {
		return
	}
	if c := p.class(s.Addr); c != "" {
		p.stores[c] = append(p.stores[c], s.Val)
	}
}

// dynamicTargets resolves an interface call: the dynamic type is known where
// the value was made in sight, where the field it was loaded from only ever
// gets one type, or where one type of the package alone is converted to an
// interface the package declares.
func (p *pkg) dynamicTargets(f *frame, c *ssa.CallCommon) []*target {
	if syncMethod(c.Method) != opNone {
		return nil
	}
	t := p.dynamicType(f, c.Value, 0)
	if t == nil {
		return nil
	}
	fn := p.method(t, c.Method)
	if fn == nil {
		return nil
	}
	tg := p.target(fn, append([]ssa.Value{c.Value}, c.Args...), nil)
	if tg.effects.empty() {
		return nil
	}
	return []*target{tg}
}

func (p *pkg) dynamicType(f *frame, v ssa.Value, depth int) types.Type {
	if depth > 4 {
		return nil
	}
	switch v := v.(type) {
	case *ssa.MakeInterface:
		return v.X.Type()
	case *ssa.ChangeInterface:
		if t := p.dynamicType(f, v.X, depth+1); t != nil {
			return t
		}
	case *ssa.UnOp:
		if v.Op == token.MUL {
			if cell := f.cell(v.X); cell != nil {
				if t := p.dynamicType(f, cell, depth+1); t != nil {
					return t
				}
			}
			if t := p.storedType(v.X); t != nil {
				return t
			}
		}
	}
	n, _ := types.Unalias(v.Type()).(*types.Named)
	if n == nil || n.Obj().Pkg() != p.pass.Pkg {
		return nil
	}
	if ts := p.concrete[n.Origin()]; len(ts) == 1 && (!n.Obj().Exported() || p.pass.Pkg.Name() == "main" || p.hidden(n)) {
		return ts[0]
	}
	return nil
}

// hidden reports whether only this package can implement an interface.
func (p *pkg) hidden(n *types.Named) bool {
	i, _ := n.Underlying().(*types.Interface)
	if i == nil {
		return false
	}
	for k := range i.NumMethods() {
		if !i.Method(k).Exported() {
			return true
		}
	}
	return false
}

// storedType returns the one type that the package ever assigns to an
// unexported field or global.
func (p *pkg) storedType(addr ssa.Value) types.Type {
	c := p.class(addr)
	if c == "" || ast.IsExported(c[strings.LastIndexByte(c, '.')+1:]) {
		return nil
	}
	var t types.Type
	for _, v := range p.stores[c] {
		mi, ok := v.(*ssa.MakeInterface)
		if !ok {
			if k, ok := v.(*ssa.Const); ok && k.IsNil() {
				continue
			}
			return nil
		}
		if t != nil && !types.Identical(t, mi.X.Type()) {
			return nil
		}
		t = mi.X.Type()
	}
	return t
}

// methodNamed finds a method of a type by name, also of other packages.
func (p *pkg) methodNamed(t types.Type, name string) *ssa.Function {
	ms := p.ssa.Prog.MethodSets.MethodSet(t)
	for i := range ms.Len() {
		sel := ms.At(i)
		if fn, ok := sel.Obj().(*types.Func); ok && fn.Name() == name && len(sel.Index()) == 1 {
			return p.ssa.Prog.FuncValue(fn.Origin())
		}
	}
	return nil
}

// onlyCalled reports whether a closure is nowhere used but called or deferred
// in the function that makes it, perhaps through a variable.
func (p *pkg) onlyCalled(mc *ssa.MakeClosure) bool { return p.calledOnly(mc, 0) }

func (p *pkg) calledOnly(v ssa.Value, depth int) bool {
	if v.Referrers() == nil || depth > 4 {
		return false
	}
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.Call:
			if r.Call.Value != v && !p.knownCallback(r, v) {
				return false
			}
		case *ssa.Defer:
			if r.Call.Value != v {
				return false
			}
		case *ssa.DebugRef:
		case *ssa.Store:
			a, ok := r.Addr.(*ssa.Alloc)
			if !ok || r.Val != v || p.cellOf(a).only == nil || !p.cellCalledOnly(a, depth+1) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// cellCalledOnly: all loads of the variable are calls.
func (p *pkg) cellCalledOnly(addr ssa.Value, depth int) bool {
	if depth > 4 || addr.Referrers() == nil {
		return false
	}
	for _, r := range *addr.Referrers() {
		switch r := r.(type) {
		case *ssa.Store, *ssa.DebugRef:
		case *ssa.UnOp:
			if !p.calledOnly(r, depth+1) {
				return false
			}
		case *ssa.MakeClosure:
			if !p.calledOnly(r, depth+1) {
				return false
			}
			fn := r.Fn.(*ssa.Function)
			for i, b := range r.Bindings {
				if b == addr && !p.cellCalledOnly(fn.FreeVars[i], depth+1) {
					return false
				}
			}
		default:
			return false
		}
	}
	return true
}

// knownCallback reports whether a callee is known to call the function it is
// given, and do no more with it.
func (p *pkg) knownCallback(c *ssa.Call, v ssa.Value) bool {
	fn := c.Call.StaticCallee()
	if fn == nil {
		return false
	}
	if m, ok := fn.Object().(*types.Func); ok && syncMethod(m) == opOnceDo {
		return true
	}
	for i, a := range c.Call.Args {
		if a == v && p.effectsOf(fn).runs(fmt.Sprintf("p%d", i)) {
			return true
		}
	}
	return false
}

// where is a position in the text form of facts and messages.
func (p *pkg) where(pos token.Pos) string {
	if !pos.IsValid() {
		return ""
	}
	at := p.fset.Position(pos)
	return fmt.Sprintf("%s:%d", filepath.Base(at.Filename), at.Line)
}

// orphan notes the release of a lock that the function did not lock.
func (p *pkg) orphan(f *frame, lk lock, m Mode, i ssa.Instruction, s *state) {
	if mc := p.makers[f.fn]; f.fn.Parent() != nil && !p.passedOn[f.fn] && (mc == nil || p.onlyCalled(mc)) {
		return // a local helper: its callers are judged
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
