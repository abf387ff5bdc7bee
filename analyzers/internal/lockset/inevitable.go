package lockset

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Locks released twice, whatever the branches between. A release is one too
// many if some branch behind it, to which nothing else leads, has a side from
// which control comes to another release on every path: for that to be right
// the branch would have to go the other way always. No two branches have to be
// correlated. Must, over the plain control flow: a call that may lock ends a
// path.

// given is a release of a lock that is held for certain.
type given struct {
	lock     int
	never    bool // no telling how often it is held
	deferred bool // a deferred call, made before, releases it again
}

// noteGiven notes the release of a lock in one state.
func (f *frame) noteGiven(s *state, i ssa.Instruction, l int, m Mode) {
	e := s.find(l)
	if _, ok := i.(*ssa.Call); !ok {
		return
	}
	g, seen := f.given[i]
	if !seen {
		g = &given{lock: l, deferred: true}
		f.given[i] = g
	}
	// That it is held here is taken for granted: if not, this is the mistake.
	if e == nil || e.lost || e.n > 1 || e.by != nil || e.cur != 0 && e.cur != m || e.cur == 0 && m == Read || g.lock != l {
		g.never = true
		return
	}
	g.deferred = g.deferred && slices.ContainsFunc(s.defers, func(d *ssa.Defer) bool {
		o, recv := f.syncCall(&d.Call)
		return o.releases() != 0 && f.lockOf(recv, false) == l
	})
}

// judgeGiven looks for releases that another release must follow.
func (f *frame) judgeGiven() {
	for _, b := range f.fn.Blocks {
		for _, i := range b.Instrs {
			if g := f.given[i]; g != nil && !g.never && f.locks[g.lock].place.root != nil {
				f.judgeOneGiven(i, g)
			}
		}
	}
}

// a fate is what a path meets first.
type fate int

const (
	open  fate = iota // it goes on
	again             // the lock is released
	over              // it returns, or the lock may be locked again
	dead              // it ends with a call that never returns, or not from there
)

func (f *frame) judgeOneGiven(at ssa.Instruction, g *given) {
	first := at.Block()
	if f.meets(first, at, g) != open {
		return // at once: the dataflow sees it
	}
	work := []*ssa.BasicBlock{first}
	seen := map[*ssa.BasicBlock]bool{first: true}
	sure, relocked := f.bound(g), f.relocked(first, g)
	for len(work) > 0 {
		b := work[0]
		work = work[1:]
		if relocked[b] {
			continue
		}
		for _, s := range b.Succs {
			if sure[s] {
				if second := f.next(s, at, g); second != nil {
					f.twice(second, at, g)
					return
				}
			}
			if !seen[s] && first.Dominates(s) && f.meets(s, nil, g) == open {
				seen[s] = true
				work = append(work, s)
			}
		}
	}
}

// relocked returns the blocks to which control may come from a release with the
// lock locked again.
func (f *frame) relocked(first *ssa.BasicBlock, g *given) map[*ssa.BasicBlock]bool {
	out := map[*ssa.BasicBlock]bool{}
	var mark func(b *ssa.BasicBlock)
	mark = func(b *ssa.BasicBlock) {
		for _, s := range b.Succs {
			if s != first && !out[s] {
				out[s] = true
				mark(s)
			}
		}
	}
	for _, b := range f.fn.Blocks {
		if first.Dominates(b) && slices.ContainsFunc(b.Instrs, func(i ssa.Instruction) bool { return f.mayTake(i, g) }) {
			mark(b)
		}
	}
	return out
}

// bound returns the blocks from whose start on every path comes to a release.
func (f *frame) bound(g *given) map[*ssa.BasicBlock]bool {
	sure := map[*ssa.BasicBlock]bool{}
	for _, b := range f.fn.Blocks {
		sure[b] = f.meets(b, nil, g) != over
	}
	for changed := true; changed; {
		changed = false
		for _, b := range f.fn.Blocks {
			if m := f.meets(b, nil, g); !sure[b] || m == again || m == dead {
				continue
			}
			for _, s := range b.Succs {
				if !sure[s] {
					sure[b], changed = false, true
				}
			}
		}
	}
	return sure
}

// next finds the release that control comes to first, one other than at if
// there is one.
func (f *frame) next(b *ssa.BasicBlock, at ssa.Instruction, g *given) ssa.Instruction {
	work := []*ssa.BasicBlock{b}
	seen := map[*ssa.BasicBlock]bool{b: true}
	var self ssa.Instruction
	for len(work) > 0 {
		b := work[0]
		work = work[1:]
		m := f.meets(b, nil, g)
		if m == dead {
			continue
		}
		if m == again {
			for _, i := range b.Instrs {
				switch {
				case !f.gives(i, g):
					continue
				case i != at:
					return i
				}
				self = i
				break
			}
			continue
		}
		for _, s := range b.Succs {
			if !seen[s] {
				seen[s] = true
				work = append(work, s)
			}
		}
	}
	return self
}

// meets tells what a path through a block meets, behind an instruction or from
// the start on.
func (f *frame) meets(b *ssa.BasicBlock, behind ssa.Instruction, g *given) fate {
	for _, i := range b.Instrs {
		if behind != nil {
			if i == behind {
				behind = nil
			}
			continue
		}
		switch {
		case f.gives(i, g):
			return again
		case f.mayTake(i, g):
			return over
		}
		if _, ok := i.(*ssa.Return); ok {
			return over
		}
		if c, ok := i.(*ssa.Call); ok && (f.pkg.endsPath(&c.Call) || f.stops[c]) {
			return dead
		}
	}
	return open
}

// gives reports whether an instruction releases the lock.
func (f *frame) gives(i ssa.Instruction, g *given) bool {
	if _, ok := i.(*ssa.RunDefers); ok {
		return g.deferred
	}
	if _, ok := i.(*ssa.Call); !ok {
		return false
	}
	return slices.Contains(strings.Fields(f.releases[i]), f.locks[g.lock].place.key())
}

// mayTake reports whether an instruction may lock the lock again, or make it
// another one.
func (f *frame) mayTake(i ssa.Instruction, g *given) bool {
	if v, ok := i.(ssa.Value); ok && slices.Contains(f.rooted[v], g.lock) {
		return true // another object from here on
	}
	below := f.mayLock[i]
	for _, class := range below.classes {
		if aliasing(class, f.locks[g.lock].class) {
			return true
		}
	}
	for _, e := range below.callees {
		for k := range e.Acquires {
			if aliasing(e.Acquires[k].Class, f.locks[g.lock].class) {
				return true
			}
		}
	}
	c, ok := i.(*ssa.Call)
	return ok && f.chosen(c) // perhaps a helper that locks
}

// chosen reports whether a call runs a function like Lock, without arguments
// and results, that a caller passes in, or that is one of several.
func (f *frame) chosen(c *ssa.Call) bool {
	sig := c.Call.Signature()
	if c.Call.IsInvoke() || c.Call.StaticCallee() != nil || sig.Params().Len() > 0 || sig.Results().Len() > 0 {
		return false
	}
	switch v := c.Call.Value.(type) {
	case *ssa.Builtin:
		return false
	case *ssa.UnOp: // what is kept in a field or global is no helper of this function
		switch v.X.(type) {
		case *ssa.FieldAddr, *ssa.Global:
			return false
		}
	}
	return len(f.targets(&c.Call)) == 0
}

// twice reports the second of two releases.
func (f *frame) twice(second, first ssa.Instruction, g *given) {
	lk := f.locks[g.lock]
	_, deferred := second.(*ssa.RunDefers)
	if deferred {
		if second = f.deferredRelease(g); second == nil {
			return
		}
	}
	f.pkg.report(&Finding{Kind: Unheld, Pos: position(second), Lock: lk.name, At: position(first), Deferred: deferred,
		Held: []Step{f.step0(first, " unlocks "+lk.name)}}, lk, f.fn)
}

// deferredRelease finds the defer statement that releases the lock.
func (f *frame) deferredRelease(g *given) ssa.Instruction {
	for _, b := range f.fn.Blocks {
		for _, i := range b.Instrs {
			if d, ok := i.(*ssa.Defer); ok && slices.Contains(strings.Fields(f.releases[d]), f.locks[g.lock].place.key()) {
				return d
			}
		}
	}
	return nil
}
