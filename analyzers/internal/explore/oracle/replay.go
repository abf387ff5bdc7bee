package oracle

import (
	"fmt"
	"slices"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Step is one visible operation of a schedule. Goroutines are numbered from 0,
// the root, in the order in which they are started.
type Step struct {
	Goroutine int
	Op        skeleton.Op
	Case      int // of a select, -1 for its default
	Partner   int // who receives what is sent, -1 if nobody stands ready
}

// End is where a schedule is said to lead: a goroutine that blocks for ever, or
// whose next operation fails.
type End struct {
	Kind      Kind
	Goroutine int
	Pos       skeleton.Pos
}

// Answer is what came of a replay.
type Answer uint8

// The answers.
const (
	Refuted   Answer = iota // the schedule is not possible, or does not lead there
	Unrefuted               // it leads there; what follows is too much to be followed
	Confirmed               // it leads there, and nothing that follows changes it
)

func (a Answer) String() string { return [...]string{"refuted", "unrefuted", "confirmed"}[a] }

// Bounds of a replay.
const (
	replaySteps = 5_000 // steps tried, with all decisions on unknown data
	futureSteps = 500   // states that follow the end
)

// Replay follows a schedule. Steps are those that other goroutines can notice;
// unlocks and counts of wait groups may be left out where they are done as soon
// as they can be. Decisions on unknown data are not part of a schedule: Replay
// looks for some that fit. The reason tells how far it got.
func Replay(prog *skeleton.Program, root Root, steps []Step, end End) (answer Answer, reason string) {
	r := &replay{prog: prog, root: root, steps: steps, end: end, reason: "no schedule"}
	defer func() {
		if p := recover(); p != nil {
			a, isAbort := p.(abort)
			if !isAbort {
				panic(p)
			}
			answer, reason = Unrefuted, a.reason
		}
	}()
	for _, o := range r.outcomes(nil, Move{}) {
		if a := r.follow(o, 0, nil); a > answer {
			answer = a
		}
		if answer == Confirmed {
			return answer, ""
		}
	}
	return answer, r.reason
}

type replay struct {
	prog   *skeleton.Program
	root   Root
	steps  []Step
	end    End
	tried  int
	far    int // most steps followed
	reason string
}

type outcome struct {
	s     *state
	found []Verdict
}

// outcomes gives what can come of a move, one for each way to decide; of the
// start if s is nil.
func (r *replay) outcomes(s *state, m Move) []outcome {
	var list []outcome
	var choices []int
	for more := true; more; {
		if r.tried++; r.tried > replaySteps {
			panic(abort{"too many decisions"})
		}
		run := &run{prog: r.prog, root: r.root, choices: choices, fuel: maxInstrs, prompt: true}
		if s == nil {
			run.s = newState(r.prog)
			run.start()
		} else {
			run.s = s.clone()
			run.apply(m)
		}
		list = append(list, outcome{run.s, run.found})
		choices, more = next(run.choices, run.counts)
	}
	return list
}

func (r *replay) moves(s *state) []Move {
	return (&run{prog: r.prog, root: r.root, s: s, prompt: true}).moves()
}

// follow makes the steps from the n-th on and gives the best answer. The
// goroutines in idle stand before an unlock or a count that is their next step,
// or have no steps left.
func (r *replay) follow(o outcome, n int, idle []int) Answer {
	for _, v := range o.found {
		if r.end.Kind != Stuck && v == (Verdict{r.end.Kind, r.end.Pos}) {
			return Confirmed
		}
	}
	if o.s.ended || o.s.cut {
		return Refuted
	}
	for n < len(r.steps) && silent(r.steps[n].Op) {
		n++
	}
	moves := r.moves(o.s)
	if m, next, ok := r.housekeeping(o.s, moves, n, idle); ok {
		skip := append(slices.Clone(idle), m.Goroutine)
		switch next {
		case otherStep:
			return r.best(o.s, m, n, idle)
		case sameStep:
			return r.either(func() Answer { return r.follow(o, n, skip) }, func() Answer { return r.best(o.s, m, n, idle) })
		}
		return r.either(func() Answer { return r.best(o.s, m, n, idle) }, func() Answer { return r.follow(o, n, skip) })
	}
	if n > r.far {
		r.far = n
	}
	if n == len(r.steps) {
		return r.atEnd(o.s)
	}
	st := r.steps[n]
	answer := Refuted
	for _, m := range moves {
		if !r.is(o.s, m, st) {
			continue
		}
		busy := slices.DeleteFunc(slices.Clone(idle), func(g int) bool { return g == m.Goroutine })
		if a := r.best(o.s, m, n+1, busy); a > answer {
			answer = a
		}
		if answer == Confirmed {
			break
		}
	}
	if answer == Refuted && n == r.far {
		r.reason = fmt.Sprintf("step %d of %d: goroutine %d does not %s", n+1, len(r.steps), st.Goroutine, st.Op)
	}
	return answer
}

func (r *replay) either(first, second func() Answer) Answer {
	answer := first()
	if answer == Confirmed {
		return answer
	}
	return max(answer, second())
}

func (r *replay) best(s *state, m Move, n int, idle []int) Answer {
	answer := Refuted
	for _, o := range r.outcomes(s, m) {
		if a := r.follow(o, n, idle); a > answer {
			answer = a
		}
		if answer == Confirmed {
			break
		}
	}
	return answer
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
func (r *replay) housekeeping(s *state, moves []Move, n int, idle []int) (Move, nextStep, bool) {
	for _, m := range moves {
		g := s.gs[m.Goroutine]
		if len(g.frames) == 0 || g.over != "" || slices.Contains(idle, m.Goroutine) {
			continue
		}
		op := g.top().instr().Op
		switch op {
		case skeleton.Unlock, skeleton.RUnlock, skeleton.WgAdd:
		default:
			continue
		}
		for _, st := range r.steps[n:] {
			switch {
			case st.Goroutine != m.Goroutine:
				continue
			case st.Op == op:
				return m, sameStep, true
			}
			return m, otherStep, true
		}
		return m, noStep, true
	}
	return Move{}, noStep, false
}

// is reports whether a move is what a step says.
func (r *replay) is(s *state, m Move, st Step) bool {
	g := s.gs[m.Goroutine]
	if m.Goroutine != st.Goroutine || m.Partner != st.Partner || g.over != "" || len(g.frames) == 0 {
		return false
	}
	op := g.top().instr().Op
	return op == st.Op && (op != skeleton.Select || m.Case == st.Case)
}

// atEnd reports whether the goroutine stands where it is said to, and stays
// there whatever the others do.
func (r *replay) atEnd(s *state) Answer {
	if r.end.Kind != Stuck {
		r.reason = "the operation does not fail"
		return Refuted
	}
	if r.end.Goroutine >= len(s.gs) {
		r.reason = "no such goroutine"
		return Refuted
	}
	g := s.gs[r.end.Goroutine]
	if len(g.frames) == 0 || g.pos() != r.end.Pos {
		r.reason = "the goroutine stands elsewhere"
		return Refuted
	}
	seen := map[string]bool{s.key(): true}
	todo := []*state{s}
	for len(todo) > 0 {
		s := todo[0]
		todo = todo[1:]
		for _, m := range r.moves(s) {
			if m.Goroutine == r.end.Goroutine || m.Partner == r.end.Goroutine {
				r.reason = "the goroutine can go on"
				return Refuted
			}
			for _, o := range r.outcomes(s, m) {
				if key := o.s.key(); !seen[key] {
					if seen[key] = true; len(seen) > futureSteps {
						r.reason = "too many states follow"
						return Unrefuted
					}
					todo = append(todo, o.s)
				}
			}
		}
	}
	return Confirmed
}
