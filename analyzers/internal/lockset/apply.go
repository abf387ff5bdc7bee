package lockset

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Calls of functions with a summary, and of functions nobody knows.

// unknownCall runs a call whose callee has no known effect. If it is a
// callback that a caller chose, it becomes part of the summary.
func (f *frame) unknownCall(s *state, i ssa.Instruction, c *ssa.CallCommon) *state {
	if c.IsInvoke() || c.StaticCallee() == nil {
		if f.emit {
			f.storedCalls(s, i, c)
		}
		if !c.IsInvoke() {
			if p := f.placeOf(c.Value); p.portable() {
				s = f.callback(s, i, p)
			}
		}
		if len(s.entries) > 0 && !f.pkg.harmless(c) {
			s = s.clone()
			call, _ := i.(*ssa.Call)
			helped := call != nil && f.chosen(call)
			for k := range s.entries {
				e := &s.entries[k]
				e.dynamic = true
				e.helped = e.helped || helped && e.cur == 0
				e.lost = e.lost || e.cur != 0 && f.isUsed(e.goesWith(), c)
			}
			f.loseGivenWith(s, c)
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
		if !isLocker(a.Type()) {
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
		cb.Held = f.heldIn(s, nil)
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

// heldIn returns what a function holds itself in a state, but for the paths
// that are gone.
func (f *frame) heldIn(s *state, gone []string) []Held {
	var held []Held
	for _, e := range s.entries {
		l := f.locks[e.lock]
		if !e.held() || e.need != 0 || slices.Contains(gone, l.place.key()) {
			continue
		}
		h := Held{Class: l.class, Name: l.name, Mode: e.cur, Where: f.lockedStep(l, &e)}
		if l.once {
			h.Class += " once"
		}
		if l.place.portable() {
			h.Path = l.place.key()
		}
		if h.Path != "" || h.Class != "" {
			held = append(held, h)
		}
	}
	return held
}

// apply runs a callee with a known summary.
func (f *frame) apply(s *state, i ssa.Instruction, t *target) []*state {
	s = f.loseGiven(s, i, t)
	if f.emit {
		f.checkAcquires(s, i, t)
		f.checkCallbacks(s, i, t)
		f.checkWaits(s, i, t)
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
		if p, ok := f.translate(t, c.Atom); ok {
			here := f.restate(p, c)
			s.learn(here.Atom, here.Val, here.Eq)
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
		if f.emit && (d.Lost || d.Cur != 0) {
			f.noteMayLock(i, d.Class)
		}
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
