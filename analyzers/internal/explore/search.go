package explore

import "github.com/concheck/concheck/analyzers/internal/skeleton"

// The search visits states depth first. In each it takes the transitions of a
// persistent set only; where that would close a cycle it takes all of them, so
// that no goroutine is put off for ever (Godefroid's stack proviso).

type search struct {
	*machine
	enc           encoder
	visited       map[key]bool // true while the state is on the stack
	visitedStates int
	owners        uint32
	stack         []*node
	found         map[foundKey]int
	list          []Finding
	aside         bool                  // states are looked at that are not on the path
	stuckAt       map[skeleton.Pos]bool // where goroutines were stuck, if a test wants to know
	masks         []uint64
	looked        map[int32]int // how often a goroutine's loop was looked at, by its function
	cuts          int           // paths that were cut
	vains         int           // steps that hit a bound on their decisions
	taken         map[decision]int
	met           map[key]bool // states on the way of the step that is being settled
	looks         int          // looks at further calls
	furtherWork   int          // that these took
	doubtful      bool         // one of them was given up
	failWork      int          // that looks at tests that fail took
	moveBuf       []trans
	only          map[asked][]string // the values that a decision is confined to
	never         map[asked][]string // the values that a decision does not take
	broken        bool               // the process ended, on some path
	scant         bool               // a length was chosen that is small, see amply
	rounds        map[way]int        // ways taken on the path
}

// way is what one goroutine does at one operation: the case it takes, alone or
// with the environment.
type way struct {
	goroutine int
	pos       skeleton.Pos
	op        skeleton.Op
	cas       int
	env       bool
}

func wayOf(s Step) way { return way{s.Goroutine, s.Pos, s.Op, s.Case, s.Env} }

type node struct {
	st   *state
	key  key
	step Step
	next []leaf // successors still to visit
}

// leaf is a successor state with the step that led to it.
type leaf struct {
	st   *state
	key  key
	step Step
}

type foundKey struct {
	kind Kind
	pos  skeleton.Pos
	fn   string
}

func newSearch(p *Program, root Root, lim Limits) *search {
	s := &search{
		machine: &machine{Program: p, lim: lim, root: root, entered: map[*function]bool{}, over: map[skeleton.Pos]bool{}},
		visited: map[key]bool{},
		found:   map[foundKey]int{},
		looked:  map[int32]int{},
		taken:   map[decision]int{},
		rounds:  map[way]int{},
	}
	s.enc.m = s.machine
	return s
}

// clone copies a state for a step of its own, and counts the work.
func (s *search) clone(st *state) *state {
	s.copied(st)
	return st.clone(s.newOwner())
}

// copied counts the work of copying a state.
func (s *search) copied(st *state) { s.work += 8 + len(st.gs) + len(st.heap) + len(st.syms) }

func (s *search) newOwner() uint32 {
	s.owners++
	return s.owners
}

// initial is the state in which the root is about to run.
func (s *search) initial() (*state, bool) {
	st := &state{owner: s.newOwner(), pool: &s.pool}
	fn := s.enter(s.byName[s.root.Func])
	var args, caught []value
	for _, p := range fn.src.Params {
		v := st.fresh(p.Layout, nil)
		args = append(args, v)
	}
	for range fn.src.Frees {
		caught = append(caught, st.newSym('p', nil))
	}
	fr, ok := s.newFrame(st, fn, value{k: vFunc, a: fn.num, p: &caught}, args)
	st.gs = []*goroutine{{owner: st.owner, root: true, fn: fn.num, frames: []*frame{fr}}}
	st.nextG = 1
	return st, ok
}

func (s *search) run() {
	st, ok := s.initial()
	if !ok {
		return
	}
	first := s.settle(st, []int32{0}, Step{Goroutine: -1, Case: -1, Partner: -1})
	limit := s.work + (s.lim.Work-s.work)/2
	for i, l := range first {
		left := len(first) - i
		if left == 1 {
			limit = s.lim.Work
		} else if s.work > limit {
			// One way to begin has taken what was its: the others shall have a part.
			limit = s.work + (s.lim.Work-s.work)/left
		}
		s.visit(l)
		s.drain(limit)
		if s.visitedStates >= s.lim.States {
			return
		}
	}
}

// drain works the stack off, up to a limit of work.
func (s *search) drain(limit int) {
	for len(s.stack) > 0 {
		if s.work > limit {
			s.hit("work")
			for _, n := range s.stack {
				s.visited[n.key] = false
			}
			clear(s.rounds)
			s.leave()
			return
		}
		top := s.stack[len(s.stack)-1]
		if len(top.next) == 0 {
			s.rounds[wayOf(top.step)]--
			s.visited[top.key] = false
			s.stack = s.stack[:len(s.stack)-1]
			top.st.pool.give(top.st)
			continue
		}
		l := top.next[len(top.next)-1]
		top.next[len(top.next)-1] = leaf{}
		top.next = top.next[:len(top.next)-1]
		s.visit(l)
	}
}

// leave takes back the states on the stack: what follows them is not visited.
func (s *search) leave() {
	for _, n := range s.stack {
		for _, l := range n.next {
			l.st.pool.give(l.st)
		}
		n.st.pool.give(n.st)
	}
	s.stack = s.stack[:0]
}

// visit enters a state, unless it was visited, and pushes it with its successors.
func (s *search) visit(l leaf) {
	if _, seen := s.visited[l.key]; seen {
		l.st.pool.give(l.st)
		return
	}
	if s.visitedStates >= s.lim.States || s.work > s.lim.Work {
		s.hit("states")
		return
	}
	if len(s.stack) >= s.lim.Depth {
		s.hit("depth")
		return
	}
	if s.lim.Rounds > 0 && s.rounds[wayOf(l.step)] >= s.lim.Rounds {
		s.hit("rounds")
		l.st.pool.give(l.st)
		return
	}
	s.rounds[wayOf(l.step)]++
	s.visitedStates++
	s.visited[l.key] = true
	n := &node{st: l.st, key: l.key, step: l.step}
	s.stack = append(s.stack, n)
	n.next = s.expand(l.st)
}

// expand looks for who is stuck and computes the successors.
func (s *search) expand(st *state) []leaf {
	moves, canMove := s.allMoves(st)
	s.masks = s.reach(st, s.masks)
	looks := s.looks
	stuck := s.stuck(st, moves, canMove)
	if stuck != 0 && !s.boundToFail(st) && s.report(st, stuck) {
		s.retire(st, stuck)
		s.masks = s.reach(st, s.masks)
	}
	if stuck != 0 || s.looks != looks {
		moves, canMove = s.allMoves(st)
	}
	all := everybody(st)
	if canMove == 0 {
		return nil
	}
	if st.left != 0 && s.root.Kind == Plain || s.holder(st) != 0 {
		s.endless(st, canMove)
	}
	moves, canMove = s.inTime(st, moves, canMove)
	set := s.persistent(st, s.masks, canMove)
	next, more := s.successors(st, moves, set, nil)
	if more && set != all {
		next, _ = s.successors(st, moves, all&^set, next)
	}
	// The stack takes successors from the end: the goroutine that started last
	// runs first otherwise, and witnesses read better the other way round.
	for i, j := 0, len(next)-1; i < j; i, j = i+1, j-1 {
		next[i], next[j] = next[j], next[i]
	}
	return next
}

// stuck is the set of those who wait for ever.
func (s *search) stuck(st *state, moves []trans, canMove uint64) uint64 {
	all, holder := everybody(st), s.holder(st)
	if canMove == all || s.preparing(st) {
		return 0
	}
	stuck := all &^ s.alive(st, s.masks, canMove|holder|s.busy(st))
	if waiting := all &^ (canMove | holder | stuck); holder != 0 && waiting != 0 && idle(moves) {
		stuck |= s.beyondHelp(st, waiting)
	}
	return stuck
}

// busy are the goroutines in an endless loop that does nothing to anybody: for
// all that is known of them they work, and whoever waits for them does so by design.
func (s *search) busy(st *state) uint64 {
	var set uint64
	for i := range st.gs {
		if f := st.peek(i); s.forever(st, i) && f.fn.code[f.pc].Pos == 0 {
			set |= 1 << i
		}
	}
	return set
}

func everybody(st *state) uint64 { return uint64(1)<<len(st.gs) - 1 }

// allMoves lists the transitions of all goroutines, and who takes part in one.
func (s *search) allMoves(st *state) (moves []trans, canMove uint64) {
	moves = s.moveBuf[:0]
	for i := range st.gs {
		from := len(moves)
		moves = s.moves(st, i, moves)
		for _, t := range moves[from:] {
			canMove |= t.movers()
		}
	}
	s.moveBuf = moves
	return moves, canMove
}

// lookAside follows what may come of a copy of a state, off the path of the
// search, which goes on as it was, and reports whether that hit a bound. Moves
// listed before do not hold after it.
func (s *search) lookAside(st *state, follow func(*state)) (cut bool) {
	bound, visited, ended, drained := s.bound, s.visited, s.ended, s.drained
	s.aside, s.bound, s.visited = true, "", map[key]bool{}
	follow(s.clone(st))
	cut = s.bound != ""
	s.aside, s.bound, s.visited = false, bound, visited
	s.ended, s.panicked, s.drained = ended, nil, drained
	s.masks = s.reach(st, s.masks)
	return cut
}

// retire removes goroutines that are stuck for ever: nothing they do or hold
// changes any more. What they could reach is marked, so that whoever waits
// there for their help later is known as a consequence. A writer that waits for
// a lock stays, for it keeps readers out.
func (s *search) retire(st *state, stuck uint64) {
	for n, mask := range s.masks {
		if mask&stuck != 0 && !st.heap[n].doomed {
			st.obj(int32(n)).doomed = true
		}
	}
	kept := st.gs[:0]
	for i, g := range st.gs {
		if stuck&(1<<i) == 0 || g.announced {
			kept = append(kept, g)
		}
	}
	st.gs = kept
}

// successors computes the states after the transitions of a set of goroutines,
// and whether the set is not enough: one of the states is on the stack, or the
// process ends, which keeps the others from what they were about to do.
func (s *search) successors(st *state, moves []trans, set uint64, out []leaf) (_ []leaf, more bool) {
	for _, t := range moves {
		if set&(1<<t.g) == 0 || s.twin(st, t) {
			continue
		}
		step := s.stepOf(st, t)
		step.ready = s.ready(st, t)
		s.ended, s.drained, s.panicked = false, false, nil
		leaves, c := s.after(st, t, step)
		if c != nil {
			if s.panicked != nil {
				s.ended = true
				s.reportCrash(c, s.panicked, step)
			}
			c.pool.give(c)
		}
		for _, l := range leaves {
			if on, seen := s.visited[l.key]; seen {
				if more = more || on; on {
					s.spins(st, t, step, l.key, len(leaves) == 1 && !s.ended && !s.drained)
				}
				l.st.pool.give(l.st)
				continue
			}
			out = append(out, l)
		}
		more = more || s.ended
	}
	return out, more
}

// after is the states at rest after a transition, or the one in which it could not
// be taken.
func (s *search) after(st *state, t trans, step Step) (leaves []leaf, broken *state) {
	c := s.clone(st)
	s.park(c, t)
	pend := []int32{c.gs[t.g].id}
	if t.partner >= 0 {
		pend = append(pend, c.gs[t.partner].id)
	}
	if !s.perform(c, t) {
		return nil, c
	}
	return s.settle(c, pend, step), nil
}

func (s *search) stepOf(st *state, t trans) Step {
	in := s.site(st, t.g)
	step := Step{Goroutine: int(st.gs[t.g].id), Op: in.Op, Name: in.Name, Pos: in.Pos, Far: s.far(st, t.g), Case: t.cas, Partner: -1, Env: t.act == actEnv}
	f := st.peek(t.g)
	op := &f.fn.code[f.pc]
	step.Op, step.at = op.Op, op
	if !f.fn.src.Library && t.cas >= 0 {
		c := op.cases[t.cas]
		step.Name = c.Case.Name
		if c.Case.Pos > 0 {
			step.Pos = c.Case.Pos
		}
	}
	if step.Pos < 0 {
		step.Pos = s.where(st, t.g, in)
	}
	if step.Env {
		step.Timer, step.Ended, step.lent = s.partOf(st, t)
	}
	if t.partner >= 0 {
		step.Partner = int(st.gs[t.partner].id)
		p := st.peek(t.partner)
		step.partnerAt = &p.fn.code[p.pc]
	}
	return step
}
