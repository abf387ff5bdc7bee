package oracle

import (
	"fmt"
	"maps"
	"slices"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Step is one visible operation of a schedule. Goroutines go by numbers of the
// schedule's own, except that 0 is the root and -1 what comes before its first
// operation. Which goroutine a number stands for shows where it takes its first step.
type Step struct {
	Goroutine int
	Op        skeleton.Op
	At        *skeleton.Instr // the operation, nil if any of the kind will do
	Case      int             // of a select, -1 for its default
	Partner   int             // who receives what is sent, -1 if nobody stands ready
	Choices   []Choice        // what was decided about unknown data on the way to the next operations
}

// Choice is the value that an instruction took for unknown data: nil, nonnil,
// true, false or a number.
type Choice struct {
	At  *skeleton.Instr
	Val string
}

// End is where a schedule is said to lead: a goroutine that blocks for ever, or
// whose next operation fails.
type End struct {
	Kind      Kind
	Goroutine int
	Pos       skeleton.Pos
	At        *skeleton.Instr // the operation, nil if its position says which
}

func (e End) is(pos skeleton.Pos, in *skeleton.Instr) bool {
	return e.At == in || e.At == nil && e.Pos == pos
}

// Answer is what came of a replay.
type Answer uint8

// The answers.
const (
	Refuted   Answer = iota // the schedule is not possible, or does not lead there
	Unrefuted               // it may lead there, but that is too much to be followed or for others to say
	Confirmed               // it leads there, and nothing that follows changes it
)

func (a Answer) String() string { return [...]string{"refuted", "unrefuted", "confirmed"}[a] }

// Bounds of a replay.
const (
	replayWork = 200_000 // instructions run, and what is copied, looked at and named
	futureWork = 40_000  // of these, after the end
)

// Replay follows a schedule. Steps are those that other goroutines can notice;
// unlocks and counts of wait groups may be left out where they are done as soon
// as they can be. Decisions on unknown data are made as the schedule says first,
// and otherwise if that does not lead on. The reason tells how far it got.
func Replay(prog *skeleton.Program, root Root, steps []Step, end End) (Answer, string) {
	r := &replay{prog: prog, root: root, end: end, reason: "no schedule", wanted: map[*skeleton.Instr][]string{}}
	for _, st := range steps {
		for _, c := range st.Choices {
			r.wanted[c.At] = append(r.wanted[c.At], c.Val)
		}
		if st.Goroutine >= 0 && !silent(st.Op) {
			r.steps = append(r.steps, st)
		}
	}
	answer := r.each(nil, Move{}, nil, func(o outcome) Answer { return r.follow(o, 0, names{0: 0}, nil) })
	if answer == Refuted && r.lost != "" {
		return Unrefuted, r.lost
	}
	if answer == Confirmed {
		return answer, ""
	}
	return answer, r.reason
}

type replay struct {
	prog   *skeleton.Program
	root   Root
	steps  []Step
	end    End
	wanted map[*skeleton.Instr][]string // the choices of the schedule, in their order
	work   int
	far    int // most steps followed
	reason string
	lost   string // why something was not followed, "" if all was
}

// names are the goroutines that the numbers of a schedule stand for.
type names map[int]int

func (n names) of(g int) (number int, ok bool) {
	for number, h := range n {
		if h == g {
			return number, true
		}
	}
	return 0, false
}

// may reports whether a number may stand for goroutine g.
func (n names) may(number, g int) bool {
	if h, ok := n[number]; ok {
		return h == g
	}
	_, taken := n.of(g)
	return !taken
}

func (n names) with(number, g int) names {
	if _, ok := n[number]; ok || number < 0 {
		return n
	}
	c := maps.Clone(n)
	c[number] = g
	return c
}

// outcome is what one way to decide makes of a move.
type outcome struct {
	s      *state
	found  []Verdict
	failed []*skeleton.Instr
	used   map[*skeleton.Instr]int // choices of the schedule that were made
}

// each follows what can come of a move, or of the start if s is nil, one way to
// decide after the other, until one is confirmed.
func (r *replay) each(s *state, m Move, used map[*skeleton.Instr]int, follow func(outcome) Answer) Answer {
	answer := Refuted
	var choices []int
	for more := true; more && answer != Confirmed; {
		if r.spent() {
			return answer
		}
		run := &run{prog: r.prog, root: r.root, choices: choices, fuel: maxInstrs, prompt: true, wanted: r.wanted, used: maps.Clone(used)}
		if run.used == nil {
			run.used = map[*skeleton.Instr]int{}
		}
		if r.guard(func() {
			if s == nil {
				run.s = newState(r.prog)
				run.start()
				return
			}
			run.s = s.clone()
			r.work += len(s.heap) + len(s.known)
			run.apply(m)
		}) {
			answer = max(answer, follow(outcome{run.s, run.found, run.failed, run.used}))
		}
		r.work += maxInstrs - run.fuel
		choices, more = next(run.choices[:len(run.counts)], run.counts)
	}
	return answer
}

// spent reports whether there is no work left for a replay.
func (r *replay) spent() bool {
	if r.work > replayWork {
		r.lost = "too much to follow"
	}
	return r.work > replayWork
}

// guard runs f, and notes where it leads out of what can be followed.
func (r *replay) guard(f func()) (ok bool) {
	defer func() {
		if p := recover(); p != nil {
			a, isAbort := p.(abort)
			if !isAbort {
				panic(p)
			}
			r.lost = a.reason
		}
	}()
	f()
	return true
}

func (r *replay) moves(s *state) (list []Move) {
	r.work += 4 * len(s.gs)
	r.guard(func() { list = (&run{prog: r.prog, root: r.root, s: s, prompt: true}).moves() })
	return list
}

// follow makes the steps from the n-th on and gives the best answer. The
// goroutines in idle stand before an unlock or a count that is their next step,
// or have no steps left.
func (r *replay) follow(o outcome, n int, who names, idle []int) Answer {
	for i, v := range o.found {
		if r.end.Kind != Stuck && v.Kind == r.end.Kind && r.end.is(v.Pos, o.failed[i]) {
			return Confirmed
		}
	}
	if o.s.ended || o.s.cut || r.spent() {
		return Refuted
	}
	moves := r.moves(o.s)
	onward := func(m Move, n int, who names, idle []int) Answer {
		return r.each(o.s, m, o.used, func(o outcome) Answer { return r.follow(o, n, who, idle) })
	}
	if m, next, ok := r.housekeeping(o.s, moves, n, who, idle); ok {
		later := func() Answer { return r.follow(o, n, who, append(slices.Clone(idle), m.Goroutine)) }
		now := func() Answer { return onward(m, n, who, idle) }
		switch next {
		case otherStep:
			return now()
		case sameStep:
			return either(later, now)
		}
		return either(now, later)
	}
	r.far = max(r.far, n)
	if n == len(r.steps) {
		return r.atEnd(o.s, who)
	}
	st := r.steps[n]
	answer := Refuted
	for _, m := range moves {
		if answer == Confirmed || !r.is(o.s, m, st, who) {
			continue
		}
		busy := slices.DeleteFunc(slices.Clone(idle), func(g int) bool { return g == m.Goroutine })
		answer = max(answer, onward(m, n+1, who.with(st.Goroutine, m.Goroutine).with(st.Partner, m.Partner), busy))
	}
	if answer == Refuted && n == r.far {
		r.reason = fmt.Sprintf("step %d of %d: goroutine %d does not %s but %s", n+1, len(r.steps), st.Goroutine, st.Op, r.standing(o.s, st, who))
	}
	return answer
}

// standing tells where the goroutine of a step stands.
func (r *replay) standing(s *state, st Step, who names) string {
	g, ok := who[st.Goroutine]
	switch {
	case !ok || len(s.gs[g].frames) == 0:
		return "is not there"
	default:
		return fmt.Sprintf("stands before %s @%d", s.gs[g].top().instr().Op, s.gs[g].pos())
	}
}

func either(first, second func() Answer) Answer {
	answer := first()
	if answer == Confirmed {
		return answer
	}
	return max(answer, second())
}

// silent operations are rests of the explorer that are no steps here.
func silent(op skeleton.Op) bool { return op == skeleton.Branch || op == skeleton.Spawn }

// What a goroutine that stands before an unlock or a count does next by the schedule.
type nextStep uint8

const (
	noStep    nextStep = iota // nothing
	sameStep                  // just that, or the same operation once more
	otherStep                 // something else: the schedule leaves this one out
)

// housekeeping finds an unlock or a count that the schedule may leave out.
func (r *replay) housekeeping(s *state, moves []Move, n int, who names, idle []int) (Move, nextStep, bool) {
	for _, m := range moves {
		g := s.gs[m.Goroutine]
		if len(g.frames) == 0 || g.over != "" || slices.Contains(idle, m.Goroutine) {
			continue
		}
		in := g.top().instr()
		switch in.Op {
		case skeleton.Unlock, skeleton.RUnlock, skeleton.WgAdd:
		default:
			continue
		}
		number, known := who.of(m.Goroutine)
		for _, st := range r.steps[n:] {
			same := st.Op == in.Op && (st.At == nil || st.At == in)
			switch {
			case known && st.Goroutine != number, !known && !(same && who.may(st.Goroutine, m.Goroutine)):
				continue
			case same:
				return m, sameStep, true
			}
			return m, otherStep, true
		}
		return m, noStep, true
	}
	return Move{}, noStep, false
}

// is reports whether a move is what a step says.
func (r *replay) is(s *state, m Move, st Step, who names) bool {
	g := s.gs[m.Goroutine]
	if g.over != "" || len(g.frames) == 0 || !who.may(st.Goroutine, m.Goroutine) || (m.Partner < 0) != (st.Partner < 0) {
		return false
	}
	if m.Partner >= 0 && !who.may(st.Partner, m.Partner) {
		return false
	}
	in := g.top().instr()
	if st.At != nil && st.At != in {
		return false
	}
	return in.Op == st.Op && (in.Op != skeleton.Select || m.Case == st.Case)
}
