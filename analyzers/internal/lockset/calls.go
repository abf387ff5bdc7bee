package lockset

import (
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// A target is a function that a call may run, with what it is given.
type target struct {
	name     string
	fn       *ssa.Function // nil if only the fact is known
	effects  *Effects
	args     []ssa.Value
	bindings []ssa.Value
	stored   bool // kept in a field: captured variables are given by their content
}

// place resolves a portable path of the callee in the frame of the caller.
func (f *frame) translate(t *target, path string) (place, bool) {
	if path == "" {
		return place{}, false
	}
	base, steps := path, ""
	for i := 0; i < len(path); i++ {
		if strings.HasPrefix(path, "g:") {
			// the name of a global holds dots: the path begins after the
			// first dot behind the last slash and one more name
			i = globalEnd(path)
			base, steps = path[:i], path[i:]
			break
		}
		if c := path[i]; c == '.' || c == '*' || c == '[' {
			base, steps = path[:i], path[i:]
			break
		}
	}
	steps, ok := f.translateIndexes(t, steps)
	if !ok {
		return place{}, false
	}
	var from []ssa.Value
	switch {
	case strings.HasPrefix(base, "g:"):
		return place{nil, base, steps}, true
	case strings.HasPrefix(base, "p"):
		from = t.args
	case strings.HasPrefix(base, "f"):
		from = t.bindings
	}
	n, err := strconv.Atoi(base[1:])
	if err != nil || n >= len(from) || from[n] == nil {
		return place{}, false
	}
	if t.stored && strings.HasPrefix(steps, "*") && base[0] == 'f' {
		steps = steps[1:] // captured by reference, given as what it holds
	}
	return f.extend(f.placeOf(from[n]), steps), true
}

// globalEnd returns where the name of a global ends in a path.
func globalEnd(path string) int {
	i := strings.LastIndexByte(path, '/') + 1
	if i == 0 {
		i = 2
	}
	dots := 0
	for ; i < len(path); i++ {
		switch path[i] {
		case '.':
			if dots++; dots == 2 {
				return i
			}
		case '*', '[':
			if dots > 0 {
				return i
			}
		}
	}
	return len(path)
}

func (f *frame) translateIndexes(t *target, steps string) (string, bool) {
	if !strings.ContainsAny(steps, "[") {
		return steps, true
	}
	var b strings.Builder
	for steps != "" {
		n := stepLen(steps)
		step := steps[:n]
		steps = steps[n:]
		if step[0] == '[' && len(step) > 2 && (step[1] == 'p' || step[1] == 'f') {
			p, ok := f.translate(t, step[1:len(step)-1])
			if !ok || strings.ContainsAny(p.key(), "*[") {
				return "", false
			}
			step = "[" + p.key() + "]"
		}
		b.WriteString(step)
	}
	return b.String(), true
}

// condition translates a condition of a callee: known 1, refuted -1, unknown 0.
func (f *frame) condition(s *state, t *target, c Cond) int {
	if len(c.Atom) > 1 && c.Atom[0] == 'p' && !strings.ContainsAny(c.Atom, ".*[") {
		if n, err := strconv.Atoi(c.Atom[1:]); err == nil && n < len(t.args) {
			if val, eq := f.constant(s, t.args[n]); val != "" {
				return decide(Cond{"", val, eq}, c)
			}
		}
	}
	p, ok := f.translate(t, c.Atom)
	if !ok {
		return 0
	}
	if p.root != nil && p.steps == "" {
		if val, eq := f.constant(s, p.root); val != "" {
			return decide(Cond{"", val, eq}, c)
		}
	}
	k := s.knows(p.key(), c.Val)
	if !c.Eq {
		k = -k
	}
	return k
}

// decide tells what a known fact says about a condition on the same value.
func decide(known, c Cond) int {
	k := 0
	switch {
	case known.Eq && known.Val == c.Val:
		k = 1
	case known.Eq, known.Val == c.Val:
		k = -1
	}
	if !c.Eq {
		k = -k
	}
	return k
}

// sure reports whether a condition that is neither known nor refuted may be
// taken to hold in a report. A flag or a mode may be chosen by the caller so
// that it does not; whether something is there, and what state a field of type
// bool is in, changes from call to call.
func sure(c Cond) bool {
	return c.Val == "nil" || (c.Val == "true" || c.Val == "false") && strings.Contains(c.Atom, ".")
}

// call runs a call.
func (f *frame) call(s *state, i ssa.Instruction, c *ssa.CallCommon) []*state {
	if _, ok := c.Value.(*ssa.Builtin); ok {
		return []*state{s}
	}
	switch o, recv := f.syncCall(c); o {
	case opNone:
	case opLock, opRLock:
		return []*state{f.acquire(s, i, f.lockOf(recv, false), o.acquires())}
	case opUnlock, opRUnlock:
		return []*state{f.release(s, i, f.lockOf(recv, false), o.releases())}
	case opTryLock, opTryRLock:
		return f.try(s, i, f.lockOf(recv, false), o)
	case opOnceDo:
		return f.onceDo(s, i, recv, c)
	default:
		f.blocking(s, i)
		return []*state{s}
	}
	if f.emit && len(s.entries) > 0 {
		f.implicitCalls(s, i, c)
	}
	targets := f.targets(c)
	if len(targets) == 0 {
		return []*state{f.unknownCall(s, i, c)}
	}
	states := f.apply(s, i, targets[0], len(targets) == 1)
	for _, t := range targets[1:] {
		// Several callees: the locks that any of them changes are lost.
		if len(t.effects.Net) == 0 && len(targets[0].effects.Net) == 0 {
			f.checkAcquires(s, i, t)
			continue
		}
		for k := range states {
			states[k] = f.loseAll(states[k], t)
		}
	}
	return states
}

// acquire takes a lock.
func (f *frame) acquire(s *state, i ssa.Instruction, l int, m Mode) *state {
	if f.emit {
		f.onAcquire(s, i, l, m)
	}
	s = s.clone()
	e := s.entry(l)
	f.setHeld(e, m, i)
	return s
}

func (f *frame) setHeld(e *entry, m Mode, i ssa.Instruction) {
	n := 0
	if m == Read && e.cur == Read {
		n = min(e.n+1, 3)
	} else if m == Read {
		n = 1
	}
	need := e.need
	*e = entry{lock: e.lock, need: need, cur: m, n: n, lost: e.away, away: e.away, at: position(i), instr: i}
}

// release gives a lock back.
func (f *frame) release(s *state, i ssa.Instruction, l int, m Mode) *state {
	if f.emit {
		f.releases[i] += " " + f.locks[l].place.key()
		f.onRelease(s, i, l, m)
	}
	s = s.clone()
	e := s.find(l)
	switch {
	case e == nil:
		// Held by a caller, or another name for something held here.
		if f.loseAliases(s, l) {
			e = s.entry(l)
			*e = entry{lock: l, lost: true, at: position(i), instr: i}
			return s
		}
		e = s.entry(l)
		*e = entry{lock: l, need: m, at: position(i), instr: i}
	case e.lost:
		e.cur, e.at, e.instr = 0, position(i), i
	default:
		if e.cur == 0 {
			f.loseAliases(s, l)
			e = s.entry(l)
		}
		if e.cur == Read && e.n > 1 {
			e.n--
			break
		}
		e.cur, e.n, e.at, e.instr, e.by = 0, 0, position(i), i, nil
		e.dynamic, e.deferred, e.tried = false, false, false
	}
	return s
}

// loseAliases makes those held locks lost that a release of l may be about
// under another name, and reports whether there are any.
func (f *frame) loseAliases(s *state, l int) bool {
	found := false
	for i := range s.entries {
		e := &s.entries[i]
		if e.lock != l && e.cur != 0 && f.mayAlias(e.lock, l) {
			e.lost = true
			found = true
		}
	}
	return found
}

// mayAlias reports whether two locks with different paths may be one: their
// class is the same, or not known, and at least one path says little.
func (f *frame) mayAlias(a, b int) bool {
	la, lb := f.locks[a], f.locks[b]
	if la.once != lb.once {
		return false
	}
	return la.class == lb.class || la.class == "" || lb.class == "" ||
		strings.HasSuffix(la.class, "*") || strings.HasSuffix(lb.class, "*") ||
		strings.HasSuffix(la.class, "[]") || strings.HasSuffix(lb.class, "[]")
}

// try runs TryLock: two states, told apart by the result.
func (f *frame) try(s *state, i ssa.Instruction, l int, o op) []*state {
	v, ok := i.(ssa.Value)
	if !ok {
		return []*state{s}
	}
	mode := Write
	if o == opTryRLock {
		mode = Read
	}
	atom := f.base(v).key()
	yes, no := s.clone(), s.clone()
	e := yes.entry(l)
	f.setHeld(e, mode, i)
	e.tried = true
	yes.learn(atom, "true", true)
	no.learn(atom, "true", false)
	return []*state{yes, no}
}

// onceDo runs the function of a sync.Once with the Once held like a lock:
// whoever calls Do meanwhile waits.
func (f *frame) onceDo(s *state, i ssa.Instruction, recv ssa.Value, c *ssa.CallCommon) []*state {
	l := f.lockOf(recv, true)
	s = f.acquire(s, i, l, Write)
	args := c.Args[1:]
	if c.IsInvoke() {
		args = c.Args
	}
	states := []*state{s}
	if len(args) == 1 {
		if t := f.funcTarget(args[0], nil); t != nil {
			states = f.apply(s, i, t, true)
		} else if path := f.placeOf(args[0]); path.portable() {
			states = []*state{f.callback(s, i, path)}
		}
	}
	for k, s := range states {
		s = s.clone()
		s.remove(l)
		states[k] = s
	}
	return states
}

// deferCall pushes a deferred call; locks that it releases are marked.
func (f *frame) deferCall(s *state, d *ssa.Defer) *state {
	if !f.matters(d) {
		return s
	}
	s = s.clone()
	if !slices.Contains(s.defers, d) { // in a loop: once stands for all
		s.defers = append(s.defers, d)
	}
	for _, l := range f.releasedBy(&d.Call) {
		if e := s.find(l); e != nil {
			e.deferred = true
		}
	}
	return s
}

// matters reports whether a deferred call may do anything to locks.
func (f *frame) matters(d *ssa.Defer) bool {
	if _, ok := d.Call.Value.(*ssa.Builtin); ok {
		return false
	}
	if o, _ := f.syncCall(&d.Call); o != opNone {
		return o.acquires() != 0 || o.releases() != 0
	}
	if fn, _ := f.funcValue(d.Call.Value); fn != nil || d.Call.IsInvoke() {
		return len(f.targets(&d.Call)) > 0
	}
	return simplePath(f.placeOf(d.Call.Value))
}

// simplePath reports whether a place is a parameter or a captured variable.
func simplePath(p place) bool {
	return p.portable() && !strings.ContainsAny(p.steps, ".[") && !strings.HasPrefix(p.base, "g:")
}

// releasedBy returns the locks that a call releases.
func (f *frame) releasedBy(c *ssa.CallCommon) []int {
	o, recv := f.syncCall(c)
	if o.releases() != 0 {
		return []int{f.lockOf(recv, false)}
	}
	var ls []int
	if o != opNone {
		return nil
	}
	for _, t := range f.targets(c) {
		for _, v := range t.effects.Net {
			for _, d := range v.Delta {
				if d.Need != 0 && d.Cur == 0 || d.Lost {
					if p, ok := f.translate(t, d.Path); ok {
						ls = append(ls, f.lockAt(p, d.Class, false))
					}
				}
			}
		}
	}
	return ls
}

func (f *frame) runDefers(s *state, at ssa.Instruction) []*state {
	states := []*state{s}
	for k := len(s.defers) - 1; k >= 0; k-- {
		d := s.defers[k]
		var next []*state
		for _, s := range states {
			next = append(next, f.call(s, d, &d.Call)...)
		}
		states = next
		if len(states) > maxStates {
			states = states[:maxStates]
		}
	}
	for k, s := range states {
		s = s.clone()
		s.defers = nil
		states[k] = s
	}
	return states
}

// spawn runs a go statement: the new goroutine may release what is held.
func (f *frame) spawn(s *state, g *ssa.Go) *state {
	if len(s.entries) == 0 {
		return s
	}
	s = s.clone()
	for _, l := range f.releasedBy(&g.Call) {
		s.entry(l).lost = true
	}
	for i := range s.entries {
		s.entries[i].dynamic = true
	}
	return s
}

// closure runs the making of a closure. One that is only called or deferred
// here acts when that happens; any other takes over the locks it releases.
func (f *frame) closure(s *state, mc *ssa.MakeClosure) *state {
	if f.pkg.onlyCalled(mc) {
		return s
	}
	t := f.funcTarget(mc, nil)
	if t == nil {
		return s
	}
	if m := boundMethod(t.fn); m != nil && syncMethod(m).releases() != 0 {
		s = s.clone()
		e := s.entry(f.lockOf(mc.Bindings[0], false))
		e.lost, e.away = true, true
		return s
	}
	return f.loseReleased(s, t)
}

// loseReleased makes the locks lost that a function releases.
func (f *frame) loseReleased(s *state, t *target) *state {
	cloned := false
	for _, v := range t.effects.Net {
		for _, d := range v.Delta {
			p, ok := f.translate(t, d.Path)
			if !ok {
				continue
			}
			if !cloned {
				s, cloned = s.clone(), true
			}
			e := s.entry(f.lockAt(p, d.Class, false))
			e.lost, e.away = true, true
		}
	}
	return s
}

func (f *frame) loseAll(s *state, t *target) *state {
	s = s.clone()
	for _, v := range t.effects.Net {
		for _, d := range v.Delta {
			if p, ok := f.translate(t, d.Path); ok {
				s.entry(f.lockAt(p, d.Class, false)).lost = true
			}
		}
	}
	return s
}

// unknownCall runs a call whose callee has no known effect. If it is a
// callback that a caller chose, it becomes part of the summary.
func (f *frame) unknownCall(s *state, i ssa.Instruction, c *ssa.CallCommon) *state {
	if c.IsInvoke() || c.StaticCallee() == nil {
		if f.emit {
			f.storedCall(s, i, c)
		}
		if !c.IsInvoke() {
			if p := f.placeOf(c.Value); p.portable() {
				s = f.callback(s, i, p)
			}
		}
		if len(s.entries) > 0 {
			s = s.clone()
			for k := range s.entries {
				s.entries[k].dynamic = true
			}
		}
	}
	return f.handOver(s, c)
}

// handOver makes locks lost whose address goes to a callee that is not known.
func (f *frame) handOver(s *state, c *ssa.CallCommon) *state {
	for _, a := range c.Args {
		if len(s.entries) == 0 {
			return s
		}
		if mi, ok := a.(*ssa.MakeInterface); ok {
			a = mi.X
		}
		if !isSyncType(a.Type(), "Mutex", "RWMutex", "Locker") {
			continue
		}
		p := f.placeOf(a)
		if l, ok := f.lockIndex[p.key()]; ok && s.find(l) != nil {
			s = s.clone()
			s.find(l).lost = true
		}
	}
	return s
}

// callback notes that a function chosen by a caller runs here.
func (f *frame) callback(s *state, i ssa.Instruction, p place) *state {
	if f.emit && len(f.callbacks) < maxCalls {
		cb := Callback{Path: p.key(), Chain: []Step{f.step0(i, " calls "+f.nameOf(p, ""))}}
		for _, e := range s.entries {
			if !e.held() || e.need != 0 {
				continue
			}
			l := f.locks[e.lock]
			h := Held{Class: l.class, Name: l.name, Mode: e.cur, Where: f.lockedStep(l, &e)}
			if l.once {
				h.Class += " once"
			}
			if l.place.portable() {
				h.Path = l.place.key()
			}
			if h.Path != "" || h.Class != "" {
				cb.Held = append(cb.Held, h)
			}
		}
		if !slices.ContainsFunc(f.callbacks, func(c Callback) bool { return c.Path == cb.Path && len(c.Held) >= len(cb.Held) }) {
			f.callbacks = append(f.callbacks, cb)
		}
	}
	if len(s.called) >= 3 || !simplePath(p) || slices.Contains(s.called, p.key()) {
		return s
	}
	s = s.clone()
	s.called = append(s.called, p.key())
	return s
}

// apply runs a callee with a known summary.
func (f *frame) apply(s *state, i ssa.Instruction, t *target, only bool) []*state {
	if f.emit {
		f.checkAcquires(s, i, t)
		f.checkCallbacks(s, i, t)
	}
	if len(t.effects.Net) == 0 {
		return []*state{s}
	}
	var states []*state
	for _, v := range t.effects.Net {
		if n := f.applyVariant(s, i, t, v); n != nil {
			states = append(states, n...)
		}
	}
	if len(states) == 0 {
		return []*state{s}
	}
	return states
}

func (f *frame) applyVariant(s *state, i ssa.Instruction, t *target, v Variant) []*state {
	var unknown []Cond
	for _, c := range v.Pre {
		switch f.condition(s, t, c) {
		case -1:
			return nil
		case 0:
			unknown = append(unknown, c)
		}
	}
	s = s.clone()
	for _, c := range unknown {
		if p, ok := f.translate(t, c.Atom); ok && f.watched[p.key()] {
			s.learn(p.key(), c.Val, c.Eq)
		}
	}
	if call, ok := i.(*ssa.Call); ok {
		base := f.base(call).key()
		single := call.Call.Signature().Results().Len() == 1
		for _, c := range v.Post {
			atom := base + c.Atom
			if single {
				atom = base
			}
			s.learn(atom, c.Val, c.Eq)
		}
	}
	for _, d := range v.Delta {
		p, ok := f.translate(t, d.Path)
		if !ok {
			continue
		}
		l := f.lockAt(p, d.Class, false)
		if d.Lost {
			s.entry(l).lost = true
			continue
		}
		if d.Need != 0 && d.Cur == 0 {
			s = f.release(s, i, l, d.Need)
		}
		if d.Need != 0 && d.Cur != 0 && s.find(l) == nil {
			e := s.entry(l)
			*e = entry{lock: l, need: d.Need, cur: d.Cur, at: position(i), instr: i}
		}
		if d.Need == 0 && d.Cur != 0 {
			s = s.clone()
			e := s.entry(l)
			f.setHeld(e, d.Cur, i)
			e.by = &call{name: t.name, fn: t.fn}
		}
	}
	states := []*state{s}
	for _, path := range v.Calls {
		var next []*state
		for _, s := range states {
			next = append(next, f.runCallback(s, i, t, path)...)
		}
		states = next
	}
	return states
}

// call remembers which callee left a lock held.
type call struct {
	name string
	fn   *ssa.Function
}

// maxNesting bounds callbacks that are given callbacks.
const maxNesting = 3

// runCallback applies the function that a callee was given to call.
func (f *frame) runCallback(s *state, i ssa.Instruction, t *target, path string) []*state {
	cb, p := f.callbackTarget(t, path)
	if f.nesting >= maxNesting {
		return []*state{s}
	}
	f.nesting++
	defer func() { f.nesting-- }()
	if cb == nil {
		if p.portable() {
			s = f.callback(s, i, p)
		}
		return []*state{s}
	}
	if m := boundMethod(cb.fn); m != nil {
		switch o := syncMethod(m); {
		case o.releases() != 0:
			return []*state{f.release(s, i, f.lockOf(cb.bindings[0], false), o.releases())}
		case o.acquires() != 0:
			return []*state{f.acquire(s, i, f.lockOf(cb.bindings[0], false), o.acquires())}
		}
	}
	var states []*state
	for _, v := range cb.effects.Net {
		states = append(states, f.applyVariant(s, i, cb, v)...)
	}
	if len(states) == 0 {
		states = []*state{s}
	}
	return states
}

// callbackTarget finds the function behind a path of a callee.
func (f *frame) callbackTarget(t *target, path string) (*target, place) {
	p, ok := f.translate(t, path)
	if !ok {
		return nil, place{}
	}
	if p.root != nil && p.steps == "" {
		return f.funcTarget(p.root, nil), p
	}
	return nil, p
}

// loadOrReceive handles *p and <-ch.
func (f *frame) loadOrReceive(s *state, u *ssa.UnOp) *state {
	switch u.Op {
	case token.ARROW:
		f.blocking(s, u)
	case token.MUL:
		// The value of a variable is known as its content was.
		src := f.content(u.X)
		dst := f.base(u).key()
		for _, c := range s.conds {
			if c.Atom == src {
				s = s.clone()
				s.copyInto(s, dst, src)
				break
			}
		}
	}
	return s
}

// funcValue follows a function value to a function or closure of this frame.
func (f *frame) funcValue(v ssa.Value) (*ssa.Function, []ssa.Value) {
	for range maxDepth {
		switch x := v.(type) {
		case *ssa.Function:
			return x, nil
		case *ssa.MakeClosure:
			fn, _ := x.Fn.(*ssa.Function)
			return fn, x.Bindings
		case *ssa.ChangeType:
			v = x.X
		case *ssa.UnOp:
			if x.Op != token.MUL {
				return nil, nil
			}
			if c := f.cell(x.X); c != nil {
				v = c
			} else if val := f.only[f.placeOf(x.X).key()]; val != nil {
				v = val
			} else {
				return nil, nil
			}
		default:
			return nil, nil
		}
	}
	return nil, nil
}

// funcTarget makes a target of a function value.
func (f *frame) funcTarget(v ssa.Value, args []ssa.Value) *target {
	fn, bindings := f.funcValue(v)
	if fn == nil {
		return nil
	}
	if m := boundMethod(fn); m != nil && len(bindings) == 1 {
		// A method value: its receiver is the first argument.
		if syncMethod(m) != opNone {
			return &target{name: m.Name(), fn: fn, effects: &Effects{}, bindings: bindings, args: args}
		}
		real := fn.Prog.FuncValue(m)
		if real == nil {
			return nil
		}
		return f.pkg.target(real, append([]ssa.Value{bindings[0]}, args...), nil)
	}
	return f.pkg.target(fn, args, bindings)
}

// targets returns the functions with known effects that a call may run.
func (f *frame) targets(c *ssa.CallCommon) []*target {
	if c.IsInvoke() {
		return f.pkg.dynamicTargets(f, c)
	}
	if t := f.funcTarget(c.Value, c.Args); t != nil {
		if t.effects.empty() {
			return nil
		}
		return []*target{t}
	}
	return nil
}

// method finds the function of a method of a dynamic type.
func (p *pkg) method(t types.Type, m *types.Func) *ssa.Function {
	sel := p.ssa.Prog.MethodSets.MethodSet(t).Lookup(m.Pkg(), m.Name())
	if sel == nil {
		return nil
	}
	fn, _ := sel.Obj().(*types.Func)
	if fn == nil || len(sel.Index()) != 1 {
		return nil // promoted: the receiver is another object
	}
	return p.ssa.Prog.FuncValue(fn.Origin())
}
