package lockset

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// What is kept in fields: functions that are called back later, also in a slice or
// map, and conditions whose L is another lock of the same object.

// A storedFunc is a function kept in a field, and the object whose field it is.
type storedFunc struct {
	fn       *ssa.Function
	bindings []ssa.Value
	owner    ssa.Value // nil if that is not known
	maker    *ssa.Function
	self     int // see selfOf
	judged   bool
}

// indexFuncs collects what the package keeps in fields of function type, itself
// or through a method that keeps its parameter.
func (p *pkg) indexFuncs() {
	p.funcs = map[string][]*storedFunc{}
	type setter struct {
		class        string
		param, owner int
	}
	setters := map[*ssa.Function][]setter{}
	for _, fn := range p.fns {
		if p.isTest(fn) {
			continue
		}
		for _, b := range fn.Blocks {
			for _, i := range b.Instrs {
				for _, k := range p.keeps(i) {
					if prm, ok := k.fn.(*ssa.Parameter); ok {
						o, _ := k.owner.(*ssa.Parameter)
						setters[fn] = append(setters[fn], setter{k.class, slices.Index(fn.Params, prm), slices.Index(fn.Params, o)})
						continue
					}
					p.addFunc(k.class, k.fn, k.owner, fn)
				}
			}
		}
	}
	for _, fn := range p.fns {
		if p.isTest(fn) {
			continue
		}
		for _, b := range fn.Blocks {
			for _, i := range b.Instrs {
				c, ok := i.(ssa.CallInstruction)
				if !ok {
					continue
				}
				callee := c.Common().StaticCallee()
				for _, st := range setters[callee] {
					if st.param >= len(c.Common().Args) {
						continue
					}
					var owner ssa.Value
					if st.owner >= 0 {
						owner = c.Common().Args[st.owner]
					}
					p.addFunc(st.class, c.Common().Args[st.param], owner, fn)
				}
			}
		}
	}
}

func (p *pkg) addFunc(class string, v, owner ssa.Value, maker *ssa.Function) {
	for {
		ct, ok := v.(*ssa.ChangeType)
		if !ok {
			break
		}
		v = ct.X
	}
	if u, ok := v.(*ssa.UnOp); ok {
		if a, ok := u.X.(*ssa.Alloc); ok {
			if only := p.cellOf(a).only; only != nil {
				v = only
			}
		}
	}
	sf := &storedFunc{owner: owner, maker: maker}
	switch v := v.(type) {
	case *ssa.Function:
		sf.fn = v
	case *ssa.MakeClosure:
		sf.fn, _ = v.Fn.(*ssa.Function)
		sf.bindings = v.Bindings
	case *ssa.Const:
		return // nil
	}
	p.funcs[class] = append(p.funcs[class], sf) // fn nil: something unknown
}

// selfOf returns which of the captured variables of a function kept in a field
// is the object it is kept in, -1 if none is.
func (p *pkg) selfOf(sf *storedFunc) int {
	if !sf.judged {
		sf.judged, sf.self = true, p.findSelf(sf)
	}
	return sf.self
}

func (p *pkg) findSelf(sf *storedFunc) int {
	if sf.owner == nil {
		return -1
	}
	f := newFrame(p, sf.maker)
	owner := f.placeOf(sf.owner).key()
	for k, b := range sf.bindings {
		key := f.placeOf(b).key()
		if c := f.cell(b); c != nil {
			key = f.placeOf(c).key()
		}
		if key == owner {
			return k
		}
	}
	return -1
}

// storedCalls checks a call of a function kept in a field of an object, or of each
// of those in a slice or map there: what it locks of that same object.
func (f *frame) storedCalls(s *state, i ssa.Instruction, c *ssa.CallCommon) {
	if c.IsInvoke() {
		return
	}
	list, owner := f.pkg.keptIn(c.Value)
	for _, sf := range list {
		f.storedCall(s, i, c, sf, owner)
	}
}

func (f *frame) storedCall(s *state, i ssa.Instruction, c *ssa.CallCommon, sf *storedFunc, owner ssa.Value) {
	self := f.pkg.selfOf(sf)
	name := f.calledName(c.Value)
	t := f.pkg.target(sf.fn, c.Args, nil)
	t.name = name
	if m := boundMethod(sf.fn); m != nil {
		real := sf.fn.Prog.FuncValue(m)
		if real == nil {
			return
		}
		var recv ssa.Value // not known, unless it is the object itself: only classes are compared then
		if self == 0 {
			recv = owner
		}
		t = f.pkg.target(real, append([]ssa.Value{recv}, c.Args...), nil)
		t.name = name
		f.checkAcquires(s, i, t)
		return
	}
	t.stored = true
	t.bindings = make([]ssa.Value, len(sf.bindings))
	for k := range t.bindings {
		if k == self {
			t.bindings[k] = owner
		}
	}
	f.checkAcquires(s, i, t)
}

// A lockAlias says that paths that end in suffix stand for a lock of the same
// object, found by steps: the L of a condition.
type lockAlias struct {
	class, suffix, steps string
}

func (p *pkg) alias(class string) lockAlias { return p.aliases[class] }

// indexConds finds conditions kept in a field whose L is a lock of the same
// object: x.cond = sync.NewCond(&x.mu), x.cond.L = &x.mu.
func (p *pkg) indexConds() {
	p.aliases = map[string]lockAlias{}
	for _, fn := range p.fns {
		for _, b := range fn.Blocks {
			for _, i := range b.Instrs {
				if s, ok := i.(*ssa.Store); ok {
					p.indexCond(s)
				}
			}
		}
	}
}

func (p *pkg) indexCond(s *ssa.Store) {
	a, ok := s.Addr.(*ssa.FieldAddr)
	if !ok {
		return
	}
	var l ssa.Value
	suffix := "." + fieldName(a.X.Type(), a.Field)
	owner := a.X
	switch v := s.Val.(type) {
	case *ssa.Call:
		fn := v.Call.StaticCallee()
		if fn == nil || fn.Pkg == nil || fn.Pkg.Pkg.Path() != "sync" || fn.Name() != "NewCond" {
			return
		}
		l = v.Call.Args[0]
		suffix += "*.L*"
	case *ssa.MakeInterface:
		if !isSyncType(a.X.Type(), "Cond") {
			return
		}
		up, ok := a.X.(*ssa.FieldAddr)
		if !ok {
			return
		}
		l, owner = v, up.X
		suffix = "." + fieldName(up.X.Type(), up.Field) + ".L*"
	default:
		return
	}
	mi, ok := l.(*ssa.MakeInterface)
	if !ok {
		return
	}
	lockField, ok := mi.X.(*ssa.FieldAddr)
	if !ok || !isSyncType(lockField.Type(), "Mutex", "RWMutex") || lockField.X != owner {
		return
	}
	n := namedOf(owner.Type())
	if n == nil {
		return
	}
	p.aliases[typeKey(n)+suffix] = lockAlias{
		class: p.class(lockField), suffix: suffix, steps: "." + fieldName(lockField.X.Type(), lockField.Field),
	}
}

// waitUnlocked reports a Wait that gives back a lock which has been given back
// already.
func (f *frame) waitUnlocked(s *state, i ssa.Instruction, cond ssa.Value) {
	a := f.pkg.alias(f.pkg.class(cond) + ".L*")
	p := f.placeOf(cond)
	p.steps += ".L*"
	if a.class == "" || !strings.HasSuffix(p.steps, a.suffix) {
		return
	}
	p.steps = strings.TrimSuffix(p.steps, a.suffix) + a.steps
	l, ok := f.lockIndex[p.key()]
	if !ok {
		return
	}
	e := s.find(l)
	if e == nil || !e.freed() || e.need != 0 || e.instr == nil || e.helped {
		return
	}
	lk := f.locks[l]
	f.pkg.report(&Finding{Kind: Unheld, Pos: position(i), Lock: lk.name, At: e.at, Op: f.nameOf(f.placeOf(cond), "") + ".Wait",
		Held: []Step{f.step0(e.instr, " unlocks "+lk.name)}}, lk, f.fn)
}

// getter resolves a call of a function that always returns the same path.
func (f *frame) getter(v *ssa.Call) (place, bool) {
	fn := v.Call.StaticCallee()
	if fn == nil || v.Call.Signature().Results().Len() != 1 || !lockish(v.Type()) {
		return place{}, false
	}
	t := f.pkg.target(fn, v.Call.Args, nil)
	if t.effects.Returns == "" {
		return place{}, false
	}
	return f.translate(t, t.effects.Returns)
}
