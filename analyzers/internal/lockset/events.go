package lockset

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// What the last walk over the states collects: acquisitions, releases and
// blocking operations, each with the locks held there.

// step0 is a step at an instruction of this function.
func (f *frame) step0(i ssa.Instruction, what string) Step {
	return f.pkg.stepAt(f.fn, i, what)
}

func (p *pkg) stepAt(fn *ssa.Function, i ssa.Instruction, what string) Step {
	pos := position(i)
	if d, ok := i.(*ssa.RunDefers); ok && !pos.IsValid() {
		pos = d.Parent().Pos()
	}
	return Step{Text: funcName(fn) + what, Where: p.where(pos), pos: pos}
}

// lockedStep tells where a held lock was acquired.
func (f *frame) lockedStep(l lock, e *entry) Step {
	s := Step{Text: funcName(f.fn) + verb(l, e.cur) + l.name, Where: f.pkg.where(e.at), pos: e.at}
	if e.by != nil {
		s.Text = fmt.Sprintf("%s calls %s, which leaves %s locked", funcName(f.fn), e.by.name, l.name)
	}
	return s
}

func verb(l lock, m Mode) string {
	switch {
	case l.once:
		return " enters the Do of "
	case m == Read:
		return " read-locks "
	}
	return " locks "
}

// funcName is how messages name a function: Type.Method, or func for a literal.
func funcName(fn *ssa.Function) string {
	if fn.Parent() != nil {
		return "func literal in " + funcName(fn.Parent())
	}
	if recv := fn.Signature.Recv(); recv != nil {
		return typeName(recv.Type()) + "." + fn.Name()
	}
	return fn.Name()
}

func (f *frame) onAcquire(s *state, i ssa.Instruction, l int, m Mode) {
	lk := f.locks[l]
	e := s.find(l)
	f.take(i, l, m)
	f.noteMayLock(i, lk.class)
	chain := []Step{f.step0(i, verb(lk, m)+lk.name)}
	if e != nil && e.held() {
		f.double(i, lk, e, m, chain)
	}
	f.order(s, i, l, m, chain, nil)
	if (e == nil || e.cur == 0 || e.lost) && f.notes(lk, len(chain)) {
		f.noteAcquire(s, Acquire{Mode: m, Pre: onCount(i.Block()), Chain: chain, Depends: dependsOnField(i.Block())}, lk)
	}
}

// take notes that an instruction acquires a lock, whichever way led to it.
func (f *frame) take(i ssa.Instruction, l int, m Mode) {
	k := taken{i, l, m, f.locks[l].class}
	if !f.taken[k] {
		f.taken[k] = true
		f.takes = append(f.takes, take{i, f.locks[l], m})
	}
}

// noteMayLock notes a class that an instruction itself may lock.
func (f *frame) noteMayLock(i ssa.Instruction, class string) {
	m := f.mayLock[i]
	m.classes = append(m.classes, class)
	f.mayLock[i] = m
}

// notes reports whether an acquisition may become part of the summary: callers
// can tell which lock it is, there is room, and there are callers. The lock of an
// object that the function has made is none that the locks of a caller are in
// order with.
func (f *frame) notes(lk lock, chain int) bool {
	if f.alone || len(f.acquires) >= maxAcquires || chain > maxChain {
		return false
	}
	return lk.place.portable() || lk.class != "" && !(f.made(lk.place.root) && !strings.Contains(lk.place.steps, "*"))
}

// noteAcquire makes an acquisition, one that notes allows, part of the summary.
func (f *frame) noteAcquire(s *state, a Acquire, lk lock) {
	a.Class, a.Name, a.Once = lk.class, lk.name, lk.once
	pre := a.Pre
	a.Pre = nil
	if lk.place.portable() {
		a.Path = lk.place.key()
	}
	for _, e := range s.entries {
		o := f.locks[e.lock]
		switch {
		case (e.lost || e.cur == 0 && e.need != 0) && o.place.portable():
			a.Dropped = append(slices.Clone(a.Dropped), o.place.key())
		case e.cur != 0 && !e.lost && o.class != "" && (o.class != lk.class || o.place.key() != lk.place.key()):
			a.Under = append(slices.Clone(a.Under), o.class)
		}
	}
	a.Dropped, a.Under = set(a.Dropped), set(a.Under)
	for _, c := range append(slices.Clone(pre), s.conds...) {
		if f.entryAtom(c.Atom) && !slices.Contains(a.Pre, c) {
			a.Pre = append(a.Pre, c)
		}
	}
	f.addAcquire(a)
}

// set sorts strings and drops doubles.
func set(s []string) []string {
	if len(s) < 2 {
		return s
	}
	s = slices.Clone(s)
	slices.Sort(s)
	return slices.Compact(s)
}

// fresh reports whether a place is in an object the function made itself.
func (f *frame) fresh(p place) bool {
	_, ok := p.root.(*ssa.Alloc)
	return ok && !strings.Contains(p.steps, "*")
}

// checkAcquires compares what a callee may lock with what is held here.
func (f *frame) checkAcquires(s *state, i ssa.Instruction, t *target) {
	if len(t.effects.Acquires) == 0 {
		return
	}
	if below := f.mayLock[i]; !slices.Contains(below.callees, t.effects) {
		below.callees = append(below.callees, t.effects)
		f.mayLock[i] = below
	}
	head := f.step0(i, " calls "+t.name)
	for k := range t.effects.Acquires {
		f.checkAcquire(s, i, t, &t.effects.Acquires[k], head)
	}
}

// checkAcquire compares one acquisition with what is held. head is the step of
// the call that leads to it.
func (f *frame) checkAcquire(s *state, i ssa.Instruction, t *target, a *Acquire, head Step) {
	var open []Cond
	certain, always := true, true
	for _, c := range a.Pre {
		switch f.condition(s, t, c) {
		case -1:
			return
		case 0:
			if c.Atom == opaque {
				open = append(open, c)
			} else if p, ok := f.translate(t, c.Atom); ok && p.portable() {
				open = append(open, Cond{p.key(), c.Val, c.Eq})
			}
			certain, always = certain && sure(c), false
		}
	}
	lk := lock{class: a.Class, name: a.Name, once: a.Once}
	l := -1
	if a.Path != "" {
		if p, ok := f.translate(t, a.Path); ok {
			l = f.lockAt(p, a.Class, a.Once)
			lk = f.locks[l]
			if always && !a.Depends { // a partner may not get there otherwise
				f.take(i, l, a.Mode)
			}
		}
	}
	var dropped, gone []string // what the callee has released by then; gone by our names
	again := false             // also what it then acquires
	for _, path := range a.Dropped {
		p, ok := f.translate(t, path)
		if !ok {
			continue
		}
		if p.portable() {
			dropped = append(dropped, p.key())
		}
		again = again || l >= 0 && !lk.once && p.key() == lk.place.key()
		gone = append(gone, p.key())
	}
	var e *entry
	if l >= 0 {
		e = s.find(l)
	}
	noted := (e == nil || e.cur == 0) && f.notes(lk, 1+len(a.Chain))
	if len(s.entries) == 0 && len(a.Pending) == 0 && !lk.once && !noted {
		return // there is nothing to compare it with
	}
	chain := append([]Step{head}, a.Chain...)
	if e != nil && e.held() && certain && !again {
		f.double(i, lk, e, a.Mode, chain)
	}
	pending := a.Pending
	if certain {
		f.orderTo(s, i, l, lk, a.Mode, chain, a.Under, gone)
		f.orderPending(s, i, lk, a.Mode, chain, a.Under, gone, pending)
		pending = nil
	} else {
		pending = append(slices.Clone(pending), f.heldIn(s, gone)...)
	}
	if noted {
		f.noteAcquire(s, Acquire{Mode: a.Mode, Pre: append(open, onCount(i.Block())...), Chain: chain, Dropped: dropped, Under: a.Under, Pending: pending,
			Depends: a.Depends || !always || dependsOnField(i.Block())}, lk)
	}
}

// checkCallbacks looks at callbacks that a callee runs: with the locks of the
// callee, and with those held here.
func (f *frame) checkCallbacks(s *state, i ssa.Instruction, t *target) {
	for _, cb := range t.effects.Calls {
		fnTarget, _ := f.callbackTarget(t, cb.Path)
		chain := append([]Step{f.step0(i, " calls "+t.name)}, cb.Chain...)
		if fnTarget == nil {
			continue
		}
		f.checkCallback(s, i, t, fnTarget, cb, chain)
	}
}

// checkCallback compares what a known callback locks with what the callee
// that runs it holds.
func (f *frame) checkCallback(s *state, i ssa.Instruction, t, cbt *target, cb Callback, chain []Step) {
	for _, a := range cbt.effects.Acquires {
		refuted := false
		for _, c := range a.Pre {
			refuted = refuted || f.condition(s, cbt, c) != 1 && !sure(c)
		}
		p, ok := f.translate(cbt, a.Path)
		if refuted || !ok || a.Path == "" || f.drops(cbt, a, p) {
			continue
		}
		for _, h := range cb.Held {
			hp, ok := f.translate(t, h.Path)
			if h.Path == "" || !ok || hp.key() != p.key() || a.Once != strings.HasSuffix(h.Class, " once") {
				continue
			}
			lk := lock{place: p, class: a.Class, name: f.nameOf(p, a.Class), once: a.Once}
			e := &entry{cur: h.Mode, at: h.Where.pos}
			f.pkg.report(&Finding{
				Kind: f.doubleKind(lk, e, a.Mode), Pos: position(i), Lock: lk.name, Held: []Step{h.Where},
				Chain: append(slices.Clone(chain), a.Chain...), HeldMode: h.Mode, Mode: a.Mode, Callee: t.name, Once: lk.once,
			}, lk, f.fn)
		}
	}
	f.checkAcquires(s, i, cbt)
}

// drops reports whether a function releases a lock before it acquires it.
func (f *frame) drops(t *target, a Acquire, p place) bool {
	return slices.ContainsFunc(a.Dropped, func(path string) bool {
		d, ok := f.translate(t, path)
		return ok && d.key() == p.key()
	})
}

// double reports that a lock is acquired which is held already.
func (f *frame) double(i ssa.Instruction, lk lock, e *entry, m Mode, chain []Step) {
	if f.doubleKind(lk, e, m) == RecursiveRead && f.fresh(lk.place) && !f.shared(lk.place.root) {
		return // no writer gets hold of it
	}
	if f.doubleKind(lk, e, m) == RecursiveRead && e.goesWith() != nil {
		return // how long an object stands for a lock is a matter of its own
	}
	if _, call := i.(*ssa.Call); !call && e.goesWith() != nil && f.pkg.inTestFile(f.fn) {
		return // a test that comes to its end has ended the object: this one fails anyway
	}
	if !lk.once {
		lk.name = f.written(lk, e)
	}
	callee := ""
	if len(chain) > 1 {
		callee = calleeOf(chain)
	}
	f.pkg.report(&Finding{
		Kind: f.doubleKind(lk, e, m), Pos: position(i), Lock: lk.name, At: e.at,
		Held: []Step{f.lockedStep(lk, e)}, Chain: chain, HeldMode: e.cur, Mode: m, Callee: callee, Once: lk.once,
		by: e.by,
	}, lk, f.fn)
}

// calleeOf names the first callee of a chain that has a name.
func calleeOf(chain []Step) string {
	for _, s := range chain {
		if _, callee, ok := strings.Cut(s.Text, " calls "); ok && !strings.HasPrefix(callee, "func literal") {
			return callee
		}
	}
	return "the function literal it calls"
}

func (f *frame) doubleKind(lk lock, e *entry, m Mode) Kind {
	if m == Read && e.cur == Read {
		return RecursiveRead
	}
	return Double
}

func (f *frame) onRelease(s *state, i ssa.Instruction, l int, m Mode) {
	lk := f.locks[l]
	e := s.find(l)
	_, deferred := i.(*ssa.Defer)
	switch {
	case e == nil, e.lost:
		f.pkg.orphan(f, lk, m, i, s)
	case e.held() && e.need == 0 && e.cur != m:
		lk.name = f.written(lk, e)
		f.pkg.report(&Finding{Kind: Partner, Pos: position(i), Lock: lk.name, At: e.at, HeldMode: e.cur, Mode: m,
			Held: []Step{f.lockedStep(lk, e)}, Deferred: deferred, Fixes: f.partnerFix(i, e.cur)}, lk, f.fn)
	case e.freed() && !deferred:
		if e.need != 0 {
			f.pkg.orphan(f, lk, m, i, s)
		}
		f.unheld(i, lk, e, m, false)
	case e.freed():
		f.unheld(i, lk, e, m, true)
	case e.by != nil:
		f.pkg.consumed[consumer{e.by.name, lk.class}] = true
	}
}

// unheld reports the release of a lock that was released before.
func (f *frame) unheld(i ssa.Instruction, lk lock, e *entry, m Mode, deferred bool) {
	if e.instr == nil || e.need != 0 || e.helped {
		return
	}
	f.pkg.report(&Finding{Kind: Unheld, Pos: position(i), Lock: lk.name, At: e.at, Mode: m, Deferred: deferred,
		Held: []Step{f.step0(e.instr, " unlocks "+lk.name)}}, lk, f.fn)
}
