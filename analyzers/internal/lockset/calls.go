package lockset

import (
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// call runs a call.
func (f *frame) call(s *state, i ssa.Instruction, c *ssa.CallCommon) []*state {
	if b, ok := c.Value.(*ssa.Builtin); ok {
		if b.Name() == "close" {
			f.blocking(s, i)
		}
		return []*state{s}
	}
	switch o, recv := f.syncCall(c); o {
	case opNone:
		if kind, _ := f.pkg.waitsHere(i); kind != 0 {
			f.blocking(s, i)
		}
	case opLock, opRLock:
		return []*state{f.acquire(s, i, f.lockOf(recv, false), o.acquires())}
	case opUnlock, opRUnlock:
		return []*state{f.release(s, i, f.lockOf(recv, false), o.releases())}
	case opTryLock, opTryRLock:
		return f.try(s, i, f.lockOf(recv, false), o)
	case opOnceDo:
		return f.onceDo(s, i, recv, c)
	case opCondWait:
		if f.emit {
			f.waitUnlocked(s, i, recv)
		}
		f.blocking(s, i)
		return []*state{s}
	default:
		f.blocking(s, i)
		return []*state{s}
	}
	if f.emit && len(s.entries) > 0 {
		f.implicitCalls(s, i, c)
	}
	if f.pkg.endsPath(c) {
		return nil
	}
	if s = f.pass(s, i, c); s == nil {
		return nil
	}
	s = f.handOn(s, c)
	targets := f.targets(c)
	if len(targets) == 0 {
		return []*state{f.unknownCall(s, i, c)}
	}
	states := f.apply(s, i, targets[0])
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
	if f.counted[f.locks[l].place.key()] {
		e.lost, e.away = true, true
	}
	return s
}

func (f *frame) setHeld(e *entry, m Mode, i ssa.Instruction) {
	// Nobody gets beyond a lock that he holds himself: what is released after it is another matter.
	again := e.held() && (m == Write || e.cur == Write)
	n := 0
	if m == Read && e.cur == Read {
		n = min(e.n+1, 3)
	} else if m == Read {
		n = 1
	}
	need := e.need
	*e = entry{lock: e.lock, need: need, cur: m, n: n, lost: e.away || again, away: e.away, at: position(i), instr: i}
}

// release gives a lock back.
func (f *frame) release(s *state, i ssa.Instruction, l int, m Mode) *state {
	if d, ok := i.(*ssa.Defer); ok && f.inLoop[d.Block().Index] && s.find(l) == nil {
		return s // deferred in a loop, for an element of an earlier round
	}
	if f.emit {
		f.releases[i] += " " + f.locks[l].place.key()
		f.noteGiven(s, i, l, m)
		f.onRelease(s, i, l, m)
	}
	s = s.clone()
	e := s.find(l)
	switch {
	case f.counted[f.locks[l].place.key()]:
		*s.entry(l) = entry{lock: l, lost: true, away: true, at: position(i), instr: i}
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
		if e.cur != 0 {
			e.was = e.cur
		}
		e.cur, e.n, e.at, e.instr, e.by = 0, 0, position(i), i, nil
		e.dynamic, e.deferred, e.tried, e.helped = false, false, false, false
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
	return la.once == lb.once && aliasing(la.class, lb.class)
}

func aliasing(a, b string) bool {
	return a == b || a == "" || b == "" ||
		strings.HasSuffix(a, "*") || strings.HasSuffix(b, "*") ||
		strings.HasSuffix(a, "[]") || strings.HasSuffix(b, "[]")
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
	if f.emit {
		f.noteMayLock(i, f.locks[l].class)
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
	args := c.Args[1:]
	if c.IsInvoke() {
		args = c.Args
	}
	if len(args) == 1 {
		if fn, _ := f.funcValue(args[0]); fn != nil && neverReturns(fn) {
			return []*state{s} // asserts that the Once is done
		}
	}
	l := f.lockOf(recv, true)
	s = f.acquire(s, i, l, Write)
	states := []*state{s}
	if len(args) == 1 {
		if t := f.funcTarget(args[0], nil); t != nil {
			states = f.apply(s, i, t)
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

// neverReturns reports whether every path through a function panics or ends
// the process.
func neverReturns(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		if _, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && b != fn.Recover {
			return false
		}
	}
	return len(fn.Blocks) > 0
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

// spawn runs a go statement: the new goroutine may release what is held, or
// lock for the one that started it.
func (f *frame) spawn(s *state, g *ssa.Go) *state {
	for _, t := range f.targets(&g.Call) {
		s = f.loseLeft(s, g, t)
	}
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

// loseLeft makes the locks lost that a goroutine leaves locked when it ends.
func (f *frame) loseLeft(s *state, g *ssa.Go, t *target) *state {
	cloned := false
	for _, v := range t.effects.Net {
		for _, d := range v.Delta {
			p, ok := f.translate(t, d.Path)
			if !ok || d.Cur == 0 && !d.Lost {
				continue
			}
			if !cloned {
				s, cloned = s.clone(), true
			}
			s.entry(f.lockAt(p, d.Class, false)).lost = true
			f.noteMayLock(g, d.Class)
		}
	}
	return s
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

// call remembers which callee left a lock held.
type call struct {
	name string
	fn   *ssa.Function
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
