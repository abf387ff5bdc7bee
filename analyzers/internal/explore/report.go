package explore

import (
	"slices"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// What is stuck for good becomes findings: the goroutines that wait for one another
// are one cause, and one of them is to blame.

// report records the goroutines of a stuck set, apart if they do not wait for
// one another. It reports false if it does not matter that they are stuck.
func (s *search) report(st *state, stuck uint64) bool {
	if s.root.Kind == Main && !s.rootStuck(st, stuck) {
		// The process ends when main returns, and with it who waits.
		return false
	}
	if s.stuckAt != nil {
		for i := range st.gs {
			if stuck&(1<<i) != 0 && !s.forever(st, i) {
				s.stuckAt[s.site(st, i).Pos] = true
			}
		}
	}
	for rest := stuck; rest != 0; {
		group := s.group(st, rest, rest&-rest)
		rest &^= group
		if !s.consequence(st, group) {
			s.reportGroup(st, group)
		}
	}
	return true
}

// consequence reports whether a group waits for the help of a goroutine that
// was found stuck before: there is one report for one cause.
func (s *search) consequence(st *state, group uint64) bool {
	for n, mask := range s.masks {
		if !st.heap[n].doomed || mask&group == 0 {
			continue
		}
		for i := range st.gs {
			if group&(1<<i) != 0 && s.standsAt(st, i, int32(n)) {
				return true
			}
		}
	}
	return false
}

// standsAt reports whether goroutine i waits for object n.
func (s *search) standsAt(st *state, i int, n int32) bool {
	f := st.peek(i)
	in := &f.fn.code[f.pc]
	switch in.Op {
	case skeleton.Send, skeleton.Recv, skeleton.Recv2, skeleton.Select:
		var buf [4]port
		for _, p := range s.ports(st, i, buf[:0]) {
			if p.ch.k == vRef && p.ch.a == n {
				return true
			}
		}
		return false
	}
	if len(in.args) == 0 {
		return false
	}
	v := s.val(st, f, in, in.args[0])
	return v.k == vRef && v.a == n
}

// group are the goroutines of a stuck set that wait for one another's objects,
// beginning with some of them.
func (s *search) group(st *state, stuck, set uint64) uint64 {
	for grown := true; grown; {
		grown = false
		for i := range st.gs {
			if stuck&(1<<i) == 0 {
				continue
			}
			near := s.sharers(st, i, s.masks) & stuck
			if set&(1<<i) != 0 && near&^set != 0 || set&(1<<i) == 0 && near&set != 0 {
				set |= near | 1<<i
				grown = true
			}
		}
	}
	return set
}

func (s *search) reportGroup(st *state, stuck uint64) {
	main := s.cause(st, stuck)
	if main < 0 || s.waitsAstray(st, stuck) {
		return
	}
	f := st.peek(main)
	if s.repeated(int(st.gs[main].id), &f.fn.code[f.pc], nil) {
		return
	}
	d := s.describe(st, main)
	k := foundKey{kind: Stuck, pos: d.Pos, fn: d.Func}
	if _, ok := s.found[k]; ok {
		return
	}
	d.Kept = s.root.Kind == Client && locks(d.Op) && s.kept(st, main)
	fd := Finding{Kind: Stuck, Main: d, Steps: s.path(nil), Returned: max(st.left, 0), Helped: s.helped(st, main, s.masks, stuck&^(1<<main))}
	if s.roomy(st, stuck, fd.Steps) {
		return
	}
	for i := range st.gs {
		if i != main && stuck&(1<<i) != 0 && !s.forever(st, i) && !s.mechanism(st, i) {
			fd.Others = append(fd.Others, s.describe(st, i))
		}
	}
	s.found[k] = len(s.list)
	s.list = append(s.list, fd)
}

// rootStuck reports whether the root is stuck, now or since an earlier state:
// while it is not, a Main root is still there, for its return ends the process.
func (s *search) rootStuck(st *state, stuck uint64) bool {
	i := s.rootIndex(st)
	return i < 0 || stuck&(1<<i) != 0
}

// cause picks the goroutine whose partner is missing: one that no other stuck
// goroutine could have helped, or else, in a cycle, the operation that is
// cheapest to mend (a send before a receive before a wait).
func (s *search) cause(st *state, stuck uint64) int {
	best, bestRank := -1, 0
	for i, g := range st.gs {
		if stuck&(1<<i) == 0 || (s.forever(st, i) && g.root) || s.mechanism(st, i) {
			continue
		}
		base := s.rank(st, i)
		rank := base
		if s.helped(st, i, s.masks, stuck&^(1<<i)) {
			// Where many wait, the mistake is rather than where one does.
			rank += 100 - min(s.company(st, i, stuck), 3)
		}
		switch {
		case g.root && rank < lockRank:
			rank += 10
		case s.client(g) && base < lockRank:
			rank++
		}
		if best < 0 || rank <= bestRank {
			best, bestRank = i, rank
		}
	}
	return best
}

// client reports whether a goroutine is that of a client, which calls what others wrote.
func (s *search) client(g *goroutine) bool { return s.root.Kind == Client && g.started == 0 }

// company counts the other stuck goroutines that stand at the same instruction.
func (s *search) company(st *state, i int, stuck uint64) int {
	n := 0
	for h := range st.gs {
		if f, g := st.peek(i), st.peek(h); h != i && stuck&(1<<h) != 0 && f.fn == g.fn && f.pc == g.pc {
			n++
		}
	}
	return n
}

func (s *search) rank(st *state, i int) int {
	f := st.peek(i)
	switch f.fn.code[f.pc].Op {
	case skeleton.Send:
		return 0
	case skeleton.Recv, skeleton.Recv2:
		return 1
	case skeleton.Select:
		return 2
	case skeleton.CondPark:
		return 3
	case skeleton.RLock:
		return lockRank
	case skeleton.Lock:
		return lockRank + 1
	}
	return lockRank + 2
}

// lockRank is the rank from which on it does not matter who waits: the calling
// goroutine's lock is as good a place as any.
const lockRank = 4

// path is the schedule from the start to the top of the stack.
func (s *search) path(last *Step) []Step {
	var steps []Step
	for _, n := range s.stack {
		steps = append(steps, n.step)
	}
	if last != nil {
		steps = append(steps, *last)
	}
	return steps
}

func (s *search) reportCrash(st *state, c *crash, step Step) {
	if s.aside {
		return
	}
	if s.repeated(c.g.ID, c.at, &step) {
		return
	}
	k := foundKey{kind: c.kind, pos: c.g.Pos}
	if _, ok := s.found[k]; ok {
		return
	}
	s.found[k] = len(s.list)
	s.list = append(s.list, Finding{Kind: c.kind, Main: c.g, Steps: s.path(&step), Returned: max(st.left, 0), deferred: c.deferred})
}

// counter names the wait group or the lock that is undone once too often.
type counter struct {
	kind Kind
	made skeleton.Pos
}

// miscount is the counter that a finding is about, the zero value for others.
func miscount(f *Finding) counter {
	if f.Kind != NegativeCounter && f.Kind != UnlockUnlocked || len(f.Main.Waits) == 0 || f.Main.Waits[0].Made == 0 {
		return counter{}
	}
	return counter{f.Kind, f.Main.Waits[0].Made}
}

// miscounts picks one finding for each counter: which of two calls of Done
// comes too often is a matter of order. The one too many is rather written out
// than deferred.
func (s *search) miscounts() map[counter]skeleton.Pos {
	picked := map[counter]*Finding{}
	for i := range s.list {
		f := &s.list[i]
		c := miscount(f)
		if c == (counter{}) {
			continue
		}
		if p := picked[c]; p == nil || p.deferred && !f.deferred {
			picked[c] = f
		}
	}
	out := map[counter]skeleton.Pos{}
	for c, f := range picked {
		out[c] = f.Main.Pos
	}
	return out
}

// findings are the mistakes of the root, one for a cause: a stuck operation
// that only ever shows beside another one found is part of that one.
func (s *search) findings() []Finding {
	list := slices.Clone(s.list)
	slices.SortStableFunc(list, func(a, b Finding) int { return len(a.Others) - len(b.Others) })
	told := map[skeleton.Pos]bool{}
	mains := map[skeleton.Pos]bool{}
	counted := s.miscounts()
	var out []Finding
	for _, f := range list {
		if pos, ok := counted[miscount(&f)]; ok && f.Main.Pos != pos {
			continue
		}
		if f.Kind == Stuck && (told[f.Main.Pos] || mains[f.Main.Pos]) {
			continue
		}
		if f.Kind == Stuck {
			mains[f.Main.Pos] = true
		}
		for _, o := range f.Others {
			told[o.Pos] = true
		}
		out = append(out, f)
	}
	slices.SortStableFunc(out, func(a, b Finding) int { return int(a.Main.Pos) - int(b.Main.Pos) })
	return out
}
