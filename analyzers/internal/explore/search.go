package explore

import (
	"slices"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

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
	taken         map[decision]int
	met           map[key]bool // states on the way of the step that is being settled
	looks         int          // looks at further calls
	furtherWork   int          // that these took
	moveBuf       []trans
}

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
		machine: &machine{Program: p, lim: lim, root: root, entered: map[*function]bool{}},
		visited: map[key]bool{},
		found:   map[foundKey]int{},
		looked:  map[int32]int{},
		taken:   map[decision]int{},
	}
	s.enc.m = s.machine
	return s
}

// clone copies a state for a step of its own, and counts the work.
func (s *search) clone(st *state) *state {
	s.work += 8 + len(st.gs) + len(st.heap) + len(st.syms)
	return st.clone(s.newOwner())
}

func (s *search) newOwner() uint32 {
	s.owners++
	return s.owners
}

// initial is the state in which the root is about to run.
func (s *search) initial() (*state, bool) {
	st := &state{owner: s.newOwner(), pool: &pool{}}
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
			s.stack = s.stack[:0]
			return
		}
		top := s.stack[len(s.stack)-1]
		if len(top.next) == 0 {
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
	if stuck != 0 && s.report(st, stuck) {
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
	if st.left != 0 && s.root.Kind == Plain {
		s.endless(st, canMove)
	}
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
	if canMove == all {
		return 0
	}
	stuck := all &^ s.alive(st, s.masks, canMove|holder)
	if waiting := all &^ (canMove | holder | stuck); holder != 0 && waiting != 0 && idle(moves) {
		stuck |= s.beyondHelp(st, waiting)
	}
	return stuck
}

func everybody(st *state) uint64 { return uint64(1)<<len(st.gs) - 1 }

// allMoves lists the transitions of all goroutines, and who takes part in one.
func (s *search) allMoves(st *state) (moves []trans, canMove uint64) {
	moves = s.moveBuf[:0]
	for i := range st.gs {
		from := len(moves)
		moves = s.moves(st, i, moves)
		for _, t := range moves[from:] {
			canMove |= 1 << t.g
			if t.partner >= 0 {
				canMove |= 1 << t.partner
			}
		}
	}
	s.moveBuf = moves
	return moves, canMove
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
		c := s.clone(st)
		id := c.gs[t.g].id
		pend := []int32{id}
		if t.partner >= 0 {
			pend = append(pend, c.gs[t.partner].id)
		}
		s.ended, s.panicked = false, nil
		if s.perform(c, t) {
			for _, l := range s.settle(c, pend, step) {
				if on, seen := s.visited[l.key]; seen {
					more = more || on
					l.st.pool.give(l.st)
					continue
				}
				out = append(out, l)
			}
		} else if s.panicked != nil {
			s.ended = true
			s.reportCrash(c, s.panicked, step)
		}
		more = more || s.ended
	}
	return out, more
}

// item is a state on its way to rest.
type item struct {
	st      *state
	pend    []int32 // ids of goroutines still to run
	r       run
	choices []Choice
	by      decision
	met     bool // what it asks next was asked before, by itself
}

// maxForks bounds the decisions that one step can lead to, maxStarts the
// goroutines that it starts.
const (
	maxForks  = 1024
	maxStarts = 256
)

// settle runs the goroutines in pend, and those they start, until all stand at
// visible operations; decisions on unknown data fork the state. Paths that have
// come together again at a decision, or at rest, go on as the first of them.
func (s *search) settle(st *state, pend []int32, step Step) []leaf {
	var out []leaf
	work := []item{{st: st, pend: pend}}
	clear(s.met)
	limit := s.work + (s.lim.Work-s.work)/2
	onward := false
	for forks := 0; len(work) > 0; {
		next := len(work) - 1
		if forks >= inOrder && !onward {
			next = s.leastTaken(work)
		}
		it := work[next]
		work = slices.Delete(work, next, next+1)
		id, a, rest := s.settleOne(&it, step)
		onward = false
		switch {
		case rest:
			l := leaf{st: it.st, step: step}
			l.step.Choices = it.choices
			l.key = s.enc.key(it.st)
			if forks == 0 || s.meets(l.key) {
				out = append(out, l)
			} else {
				it.st.pool.give(it.st)
			}
		case a == nil:
		case forks > 0 && !it.met && !s.meets(s.enc.unsettled(it.st, it.pend)):
			it.st.pool.give(it.st)
		case forks == maxForks || s.work > limit:
			s.hit("forks")
			return out
		case grown(it.st):
			// The decision is asked for again: symbols have other numbers now.
			s.compact(it.st)
			it.r.asked--
			it.met = true
			work = append(work, it)
			onward = true
		default:
			forks++
			work = s.fork(work, &it, id, a)
			onward = true
		}
	}
	return out
}

// inOrder is how many decisions of a step are followed in their order, which
// reads best. Where there are more, each goes on from the one that was taken
// least often so far: if a bound is hit, both sides of all branches were seen.
const inOrder = 64

// decision is a value that was chosen for what an instruction asked.
type decision struct {
	in  *instr
	nth int
}

// leastTaken finds the item whose decision was followed least often.
func (s *search) leastTaken(work []item) int {
	best := len(work) - 1
	for i := best - 1; i >= 0; i-- {
		if s.taken[work[i].by] < s.taken[work[best].by] {
			best = i
		}
	}
	return best
}

// meets notes a state of this step, and reports whether it is new.
func (s *search) meets(k key) bool {
	if s.met[k] {
		return false
	}
	if s.met == nil {
		s.met = map[key]bool{}
	}
	s.met[k] = true
	return true
}

// settleOne runs one item to rest, to its end, or to what must be decided next.
func (s *search) settleOne(it *item, step Step) (id int32, a *ask, rest bool) {
	st := it.st
	s.taken[it.by]++
	for len(it.pend) > 0 {
		id, before := it.pend[0], st.nextG
		s.panicked = nil
		out, a := s.advance(st, id, &it.r)
		for n := before; n < st.nextG; n++ {
			it.pend = append(it.pend, n)
		}
		switch out {
		case atRest, finished:
			it.pend = it.pend[1:]
			it.r = run{started: it.r.started + int(st.nextG-before)}
			// Goroutines that only start their successor never rest.
			if it.r.started > maxStarts {
				s.hit("goroutines")
				return 0, nil, false
			}
		case asking:
			return id, a, false
		case exited:
			s.ended = true
			if s.panicked != nil {
				step.Choices = it.choices
				s.reportCrash(st, s.panicked, step)
			}
			return 0, nil, false
		default:
			s.cuts++
			return 0, nil, false
		}
	}
	if len(st.gs) == 0 {
		s.drained = true
		return 0, nil, false
	}
	if grown(st) {
		s.compact(st)
	}
	if len(st.heap) > s.lim.Objects || len(st.syms) > s.lim.Objects {
		s.hit("objects")
		return 0, nil, false
	}
	return 0, nil, true
}

// fork adds one item for each value that the asked symbol may take, the first
// candidate last: work is taken from the end.
func (s *search) fork(work []item, it *item, id int32, a *ask) []item {
	f := it.st.peek(it.st.index(id))
	pos := f.fn.code[f.pc].Pos
	if pos < 0 {
		pos = s.where(it.st, it.st.index(id), &f.fn.code[f.pc])
	}
	for n := len(a.vals) - 1; n >= 0; n-- {
		st := s.clone(it.st)
		st.decide(a.sym, a.vals[n])
		c := Choice{Pos: pos, Text: s.symText(st, a.sym), Val: s.valueText(a.vals[n])}
		work = append(work, item{
			st:      st,
			pend:    append([]int32(nil), it.pend...),
			r:       it.r,
			by:      decision{&f.fn.code[f.pc], n},
			choices: append(append([]Choice(nil), it.choices...), c),
		})
	}
	return work
}

// symText names a symbol for the user: len(items), the name of what it was read from.
func (s *search) symText(st *state, n int32) string {
	sym := &st.syms[n]
	name := ""
	if sym.nameRef != nil {
		name = sym.nameRef.Name
	}
	if sym.op == opLen && name == "" {
		if x := st.resolve(sym.x); x.k == vSym && st.syms[x.a].nameRef != nil {
			name = "len(" + st.syms[x.a].nameRef.Name + ")"
		}
	}
	return name
}

func (s *search) stepOf(st *state, t trans) Step {
	in := s.site(st, t.g)
	step := Step{Goroutine: int(st.gs[t.g].id), Op: in.Op, Name: in.Name, Pos: in.Pos, Far: s.far(st, t.g), Case: t.cas, Partner: -1, Env: t.act == actEnv}
	f := st.peek(t.g)
	op := &f.fn.code[f.pc]
	step.Op = op.Op
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
		step.Timer = s.timed(st, t)
	}
	if t.partner >= 0 {
		step.Partner = int(st.gs[t.partner].id)
	}
	return step
}

// timed reports whether the partner of a transition with the environment is time.
func (s *search) timed(st *state, t trans) bool {
	var buf [4]port
	for _, p := range s.ports(st, t.g, buf[:0]) {
		if o := st.channel(p.ch); p.cas == t.cas && o != nil && o.timer {
			return true
		}
	}
	return false
}
