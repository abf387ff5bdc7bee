package explore

import (
	"slices"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Settling runs the goroutines that have moved up to their next visible
// operations. Where one asks for the value of an unknown, the state forks, once
// for each candidate; states that meet again on the way are one. May: a fork
// over the bound on pieces of work is cut, and the root counts as bounded.

// item is a state on its way to rest.
type item struct {
	st      *state
	pend    []int32 // ids of goroutines still to run
	r       run
	choices *chosen
	by      decision
	met     bool // what it asks next was asked before, by itself
}

// chosen is a choice with those before it.
type chosen struct {
	Choice
	before *chosen
}

// list is the choices in their order.
func (c *chosen) list() []Choice {
	var out []Choice
	for ; c != nil; c = c.before {
		out = append(out, c.Choice)
	}
	slices.Reverse(out)
	return out
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
	if s.lim.Rounds > 0 {
		limit = s.work + (s.lim.Work-s.work)/8
	}
	if s.lim.Step > 0 {
		limit = min(limit, s.work+s.lim.Step)
	}
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
			l.key = s.enc.key(it.st)
			if forks == 0 || s.meets(l.key) {
				l.step.Choices = it.choices.list()
				out = append(out, l)
			} else {
				it.st.pool.give(it.st)
			}
		case a == nil:
			it.st.pool.give(it.st)
		case forks > 0 && !it.met && !s.meets(s.enc.unsettled(it.st, it.pend)):
			it.st.pool.give(it.st)
		case forks == maxForks || s.work > limit:
			s.hit("forks")
			s.cuts++
			s.vain()
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

// fewSeen is how many states a search has seen at most that is ended after
// steps in vain.
const fewSeen = 48

// vain notes a step that hit a bound on its decisions. They are on data, of which
// there are always more, and a search that has got next to nowhere between them
// will hardly get anywhere else with the rest of its work.
func (s *search) vain() {
	s.vains++
	if s.lim.Vain > 0 && s.vains >= s.lim.Vain && s.visitedStates < fewSeen {
		s.lim.Work = 0
	}
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
			s.ended, s.broken = true, true
			if s.panicked != nil {
				step.Choices = it.choices.list()
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
// candidate last: work is taken from the end. The state itself becomes that of the
// first, with an owner of its own: what it owned it now shares with the others.
func (s *search) fork(work []item, it *item, id int32, a *ask) []item {
	f := it.st.peek(it.st.index(id))
	pos := f.fn.code[f.pc].Pos
	if pos < 0 {
		pos = s.where(it.st, it.st.index(id), &f.fn.code[f.pc])
	}
	s.overfill(it.st, it.st.index(id), a)
	s.amply(it.st, a)
	text := s.symText(it.st, a.sym)
	ruledOut := s.confined(asked{pos, text}, a)
	forgot, outcome := it.st.aboutForgotten(a.sym, 3), it.st.isOutcome(a.sym, 3)
	sym := &it.st.syms[a.sym]
	status := f.fn.src.Foreign() && sym.letter == 'b' && sym.nameRef != nil && sym.nameRef.Op == skeleton.Load
	for n := len(a.vals) - 1; n >= 0; n-- {
		c := Choice{Pos: pos, Text: text, Val: s.valueText(a.vals[n]), Outcome: outcome, at: f.fn.code[f.pc].Instr, forgot: forgot, status: status, ample: a.ample}
		c.uncalled, c.again = sym.uncalled && a.vals[n].k == vNil, it.st.countsAgain(a.sym, a.vals[n])
		if ruledOut(c.Val) {
			continue
		}
		st := it.st
		if n > 0 {
			st = s.clone(it.st)
		} else {
			s.copied(st)
			st.owner = s.newOwner()
		}
		st.decide(a.sym, a.vals[n])
		work = append(work, item{
			st:      st,
			pend:    append([]int32(nil), it.pend...),
			r:       it.r,
			by:      decision{&f.fn.code[f.pc], n},
			choices: &chosen{c, it.choices},
		})
	}
	return work
}

// maxOverfill bounds the buffers that lengths are chosen to overfill.
const maxOverfill = 2

// overfill adds to the values of a length one that is by two larger than the
// largest small buffer in sight: with one sender for each item, one more waits
// although one value is taken out.
func (s *search) overfill(st *state, i int, a *ask) {
	if st.syms[a.sym].op != opLen {
		return
	}
	size := 0
	for _, f := range st.gs[i].frames {
		if !f.fn.src.Library {
			size = max(size, f.fn.buffer)
		}
	}
	if n := intValue(size + 2); size > 0 && !slices.Contains(a.vals, n) {
		a.vals = append(a.vals, n)
	}
}

// symText names a symbol for the user: len(items), the name of what it was read from.
func (m *machine) symText(st *state, n int32) string {
	sym := &st.syms[n]
	if name := nameOf(sym); name != "" || sym.op != opLen {
		return name
	}
	if x := st.resolve(sym.x); x.k == vSym {
		if name := nameOf(&st.syms[x.a]); name != "" {
			return "len(" + name + ")"
		}
	}
	return aLength
}

// aLength is the length of what has no name.
const aLength = "a length"

// nameOf is what a user would call a symbol, "" if nothing.
func nameOf(sym *symbol) string {
	if sym.nameRef == nil || sym.nameRef.Name == "" {
		return ""
	}
	if op := sym.nameRef.Op; op == skeleton.Call || op == skeleton.Havoc || op == skeleton.Sym && len(sym.nameRef.Args) > 0 {
		return sym.nameRef.Name + "()"
	}
	return sym.nameRef.Name
}
