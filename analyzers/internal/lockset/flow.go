package lockset

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// The dataflow. Each block has a set of states at its start; two states that
// agree on locks and deferred calls are merged (property simulation), so that
// conditions stay attached to the lock status they led to.
//
// It runs twice. The first run finds, for every block, the locks whose status
// differs between the states at its end. In the second run a branch there that
// does not follow from what a state knows makes these locks ambiguous in that
// state: the program may well branch on something correlated with the status.
// Only a status that is not ambiguous is ever reported.

// Bounds: the states of a block and the visits of all blocks of a function.
const (
	maxStates = 32
	maxVisits = 4000
)

// manyStates is how many states may be on their way through a block before they
// are merged in its midst.
const manyStates = 4 * maxStates

// run analyses the function.
func (f *frame) run() {
	f.calls = map[*ssa.CallCommon][]*target{}
	defer func() { f.in, f.calls = nil, nil }() // nobody asks again, and all frames of a package are kept
	f.findWatched()
	f.findRounds()
	f.findCounted()
	f.fixpoint()
	if f.overflow {
		return
	}
	if f.findDisagreement() {
		f.fixpoint()
	}
	if f.overflow {
		return
	}
	f.emit = true
	f.exits, f.acquires, f.callbacks, f.waits = nil, nil, nil, nil
	for _, b := range f.fn.Blocks {
		for _, s := range f.states(b) {
			f.block(b, s)
		}
	}
	f.emit = false
	if f.overflow {
		f.pkg.forgetFindings(f.fn)
		return
	}
	f.judgeGiven()
}

// states returns the states at the start of a block in a stable order.
func (f *frame) states(b *ssa.BasicBlock) []*state {
	m := f.in[b.Index]
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	states := make([]*state, len(keys))
	for i, k := range keys {
		states[i] = m[k]
	}
	return states
}

func (f *frame) fixpoint() {
	f.in = make([]map[string]*state, len(f.fn.Blocks))
	for i := range f.in {
		f.in[i] = map[string]*state{}
	}
	type work struct {
		b   *ssa.BasicBlock
		sig string
	}
	entry := &state{}
	f.in[0][entry.signature()] = entry
	queue := []work{{f.fn.Blocks[0], entry.signature()}}
	queued := map[work]bool{queue[0]: true}
	for visits := 0; len(queue) > 0; visits++ {
		if visits > maxVisits {
			f.overflow = true
			return
		}
		w := queue[0]
		queue = queue[1:]
		delete(queued, w)
		s := f.in[w.b.Index][w.sig]
		outs := f.block(w.b, s)
		if f.overflow {
			return
		}
		for _, out := range outs {
			next := f.enter(out.state, w.b, out.to)
			sig := next.signature()
			old := f.in[out.to.Index][sig]
			switch {
			case old == nil:
				if len(f.in[out.to.Index]) >= maxStates {
					f.overflow = true
					return
				}
				f.in[out.to.Index][sig] = next.clone()
			case !old.absorb(next):
				continue
			}
			if n := (work{out.to, sig}); !queued[n] {
				queued[n] = true
				queue = append(queue, n)
			}
		}
	}
}

// findDisagreement compares the states at the end of each block.
func (f *frame) findDisagreement() bool {
	found := false
	f.disagree = make([]map[int]bool, len(f.fn.Blocks))
	for _, b := range f.fn.Blocks {
		if _, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If); !ok {
			continue
		}
		var ends []*state
		for _, s := range f.states(b) {
			ends = append(ends, f.straight(b, s)...)
		}
		if len(ends) < 2 {
			continue
		}
		for l := range f.locks {
			first := ends[0].find(l).status()
			for _, s := range ends[1:] {
				if s.find(l).status() != first && !flagged(ends, l) {
					if f.disagree[b.Index] == nil {
						f.disagree[b.Index] = map[int]bool{}
					}
					f.disagree[b.Index][l] = true
					found = true
				}
			}
		}
	}
	return found
}

// flagged reports whether the status of a lock follows from a parameter that
// all states know, such as one that says whether to lock: what is branched on
// later is taken to have nothing to do with it.
func flagged(ends []*state, l int) bool {
next:
	for _, c := range ends[0].conds {
		if !isParameter(c.Atom) {
			continue
		}
		by := map[string]string{}
		for _, s := range ends {
			k := slices.IndexFunc(s.conds, func(o Cond) bool { return o.Atom == c.Atom && o.Eq })
			if k < 0 {
				continue next
			}
			status := s.find(l).status()
			if old, ok := by[s.conds[k].Val]; ok && old != status {
				continue next
			}
			by[s.conds[k].Val] = status
		}
		return true
	}
	return false
}

// isParameter reports whether an atom is a parameter itself.
func isParameter(atom string) bool {
	if len(atom) < 2 || atom[0] != 'p' {
		return false
	}
	_, err := strconv.Atoi(atom[1:])
	return err == nil
}

// An out is a state on an edge.
type out struct {
	to    *ssa.BasicBlock
	state *state
}

// straight runs a state through the instructions of a block before the last.
func (f *frame) straight(b *ssa.BasicBlock, s *state) []*state {
	states := []*state{s}
	for _, i := range b.Instrs[:len(b.Instrs)-1] {
		if !f.acts(i) {
			continue
		}
		if len(states) == 1 {
			states = f.step(states[0], i)
		} else {
			var next []*state
			for _, s := range states {
				next = append(next, f.step(s, i)...)
			}
			states = next
		}
		if len(states) <= manyStates {
			continue
		}
		if states = merge(states); len(states) > maxStates {
			f.overflow = true
			return nil
		}
	}
	return states
}

// merge leaves one state of those with one signature, as they would be merged
// at the end of the block: a block with many calls that return in two ways has
// as many ways through it as there are subsets of them.
func merge(states []*state) []*state {
	first := map[string]*state{}
	var out []*state
	for _, s := range states {
		sig := s.signature()
		if old := first[sig]; old != nil {
			old.absorb(s)
			continue
		}
		s = s.clone()
		first[sig] = s
		out = append(out, s)
	}
	return out
}

// block runs a state through a block and returns where it goes.
func (f *frame) block(b *ssa.BasicBlock, s *state) []out {
	var outs []out
	for _, s := range f.straight(b, s) {
		switch last := b.Instrs[len(b.Instrs)-1].(type) {
		case *ssa.If:
			yes, no, forked := f.branch(s, last.Cond)
			if forked {
				f.doubt(b, yes)
				f.doubt(b, no)
			}
			if yes != nil {
				outs = append(outs, out{b.Succs[0], yes})
			}
			if no != nil {
				outs = append(outs, out{b.Succs[1], no})
			}
		case *ssa.Return:
			if f.emit {
				f.exits = append(f.exits, exit{last, s})
			}
		default:
			for _, to := range b.Succs {
				outs = append(outs, out{to, s})
			}
		}
	}
	return outs
}

// doubt marks the locks whose status a branch may be correlated with. The
// condition of a loop is let off: a loop that runs once, or never again, is
// not what its author meant.
func (f *frame) doubt(b *ssa.BasicBlock, s *state) {
	if f.disagree == nil || f.headers[b.Index] {
		return
	}
	for i := range s.entries {
		if f.disagree[b.Index][s.entries[i].lock] {
			s.entries[i].ambiguous = true
		}
	}
}

// enter takes a state over an edge: phis get their values, and at a loop
// header what was read from memory counts for nothing any more.
func (f *frame) enter(s *state, from, to *ssa.BasicBlock) *state {
	edge := slices.Index(to.Preds, from)
	back := to.Dominates(from)
	var phis []*ssa.Phi
	for _, i := range to.Instrs {
		phi, ok := i.(*ssa.Phi)
		if !ok {
			break
		}
		phis = append(phis, phi)
	}
	if !back && len(phis) == 0 {
		return f.firstRound(s, to)
	}
	before := s
	s = s.clone()
	for _, phi := range phis {
		base := f.base(phi).key()
		s.forget(func(atom string) bool { return mentions(atom, base) })
		f.redefine(s, phi)
	}
	for _, phi := range phis {
		base, e := f.base(phi).key(), phi.Edges[edge]
		if !f.watched[base] {
			continue
		}
		if f.placeOf(phi).key() != base {
			continue
		}
		if val, eq := f.constant(before, e); val != "" {
			s.learn(base, val, eq)
			continue
		}
		if e != ssa.Value(phi) {
			before.copyInto(s, base, f.atom(e, 0))
		}
	}
	if back {
		s.forget(func(atom string) bool { return strings.ContainsAny(atom, "*[") && !f.isFlag(atom) })
		return s
	}
	return f.firstRound(s, to)
}

// isFlag reports whether an atom is the content of a local bool that this
// function alone assigns: what is known of it is true in the next round too.
func (f *frame) isFlag(atom string) bool {
	if f.flags == nil {
		f.flags = map[string]bool{}
		for _, b := range f.fn.Blocks {
			for _, in := range b.Instrs {
				if a, ok := in.(*ssa.Alloc); ok && isBool(a) {
					c := f.pkg.cellOf(a)
					f.flags[f.content(a)] = !c.escapes && !c.shared
				}
			}
		}
	}
	return f.flags[atom]
}

// copyInto makes dst known in t as src is in s.
func (s *state) copyInto(t *state, dst, src string) {
	for _, c := range s.conds {
		if c.Atom == src {
			t.learn(dst, c.Val, c.Eq)
		}
	}
}
