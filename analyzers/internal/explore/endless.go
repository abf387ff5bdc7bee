package explore

import "github.com/concheck/concheck/analyzers/internal/skeleton"

// An endless goroutine is one that time drives and nobody can end: after the
// root has returned, or holds an object of which the goroutine has no part (see
// further.go), every state it can reach shows it again, and all that it
// ever waits for are timers, locks that are free, and channels that nobody alive
// reaches. A goroutine that the environment feeds is a service and none of this.
//
// Must: all continuations are followed, within endlessStates; a cut path
// proves nothing. Goroutines started below a sync.Once are meant to stay.

const (
	endlessStates = 64 // states of one proof
	endlessTries  = 4  // attempts for the goroutines of one function
)

// endless looks for such goroutines among those that can move.
func (s *search) endless(st *state, canMove uint64) {
	others := canMove
	if s.holder(st) != 0 {
		others = everybody(st) // further calls may have any of them go on
	}
	for i, g := range st.gs {
		if g.root || g.once || canMove&(1<<i) == 0 || s.looked[g.fn] >= endlessTries || !s.alone(st, i, others) {
			continue
		}
		s.looked[g.fn]++
		if !s.neverEnds(st, g.id) {
			continue
		}
		s.looked[g.fn] = endlessTries
		d := s.describe(st, i)
		k := foundKey{kind: Endless, pos: d.Pos}
		if _, ok := s.found[k]; !ok {
			s.found[k] = len(s.list)
			s.list = append(s.list, Finding{Kind: Endless, Main: d, Steps: s.path(nil), Returned: max(st.left, 0)})
		}
	}
}

// alone reports whether none of some other goroutines shares an object with goroutine i.
func (s *search) alone(st *state, i int, others uint64) bool {
	others &^= 1 << i
	for _, m := range s.masks {
		if m&(1<<i) != 0 && m&others != 0 {
			return false
		}
	}
	return true
}

// neverEnds follows all continuations of a state until they close.
func (s *search) neverEnds(st *state, id int32) bool {
	seen := map[key]bool{}
	todo := []*state{st}
	timed := false
	cuts := s.cuts
	s.ended, s.drained, s.aside = false, false, true
	defer func() { s.aside = false }()
	for len(todo) > 0 {
		st := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		i := st.index(id)
		if i < 0 {
			return false
		}
		ok, timer := s.drivenByTime(st, i)
		if !ok {
			return false
		}
		timed = timed || timer
		moves := s.moves(st, i, nil)
		if len(moves) == 0 {
			return false // it is stuck, which is another matter
		}
		for _, t := range moves {
			c := s.clone(st)
			if !s.perform(c, t) {
				return false
			}
			for _, l := range s.settle(c, []int32{id}, Step{Goroutine: int(id), Case: -1, Partner: -1}) {
				if !seen[l.key] {
					seen[l.key] = true
					todo = append(todo, l.st)
				}
			}
			if s.ended || s.drained || s.cuts != cuts || len(seen) > endlessStates {
				return false
			}
		}
	}
	return timed
}

// drivenByTime reports whether goroutine i waits for nothing but time, and
// whether it does wait for time here.
func (s *search) drivenByTime(st *state, i int) (ok, timer bool) {
	f := st.peek(i)
	in := &f.fn.code[f.pc]
	switch in.Op {
	case skeleton.Yield:
		if in.args[0] < 0 {
			return true, true // a sleep; atomics name their cell
		}
		// What others may set may tell it to end.
		at := s.val(st, f, in, in.args[0])
		return at.k != vRef || st.heap[at.a].env == 0 || s.noExit(st, i), false
	case skeleton.Branch, skeleton.Lock, skeleton.RLock, skeleton.TryLock, skeleton.TryRLock, skeleton.Signal, skeleton.Broadcast:
		return true, false
	case skeleton.Recv, skeleton.Recv2, skeleton.Select:
		var buf [4]port
		for _, p := range s.ports(st, i, buf[:0]) {
			if p.ch.k == vNil {
				continue
			}
			o := st.channel(p.ch)
			if o == nil || o.env != 0 && !o.timer || o.closed {
				return false, false // see spin.go for closed channels
			}
			timer = timer || o.timer
		}
		return true, timer
	}
	return false, false
}
