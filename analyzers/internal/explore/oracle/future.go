package oracle

import "github.com/concheck/concheck/analyzers/internal/skeleton"

// What may follow the end of a schedule: whether a goroutine that is said to be
// stuck makes another step. All that the other goroutines can do is followed,
// without reduction, up to futureWork; where that is too little, nothing is said.

// atEnd reports whether the goroutine stands where it is said to, and stays
// there whatever the others do.
func (r *replay) atEnd(s *state, who names) Answer {
	if r.end.Kind != Stuck {
		r.reason = "the operation does not fail"
		return Refuted
	}
	answer := Refuted
	r.reason = "the goroutine stands elsewhere"
	for i, g := range s.gs {
		if len(g.frames) == 0 || !who.may(r.end.Goroutine, i) {
			continue
		}
		if r.end.is(g.pos(), g.top().instr()) {
			answer = max(answer, r.stays(s, i))
		}
	}
	return answer
}

// stays reports whether a goroutine makes no further step.
func (r *replay) stays(s *state, g int) Answer {
	seen := map[string]bool{r.key(s): true}
	todo := []*state{s}
	most := min(r.work+futureWork, replayWork)
	for len(todo) > 0 {
		s := todo[0]
		todo = todo[1:]
		for _, m := range r.moves(s) {
			if m.Partner == g || m.Goroutine == g && m.Partner >= 0 {
				r.reason = "the goroutine can go on"
				return Refuted
			}
			if m.Goroutine == g {
				return r.helped(s, m)
			}
			r.each(s, m, nil, func(o outcome) Answer {
				if key := r.key(o.s); !seen[key] {
					seen[key] = true
					todo = append(todo, o.s)
				}
				return Refuted
			})
			if r.work >= most {
				r.reason = "too much follows"
				return Unrefuted
			}
		}
	}
	return Confirmed
}

// key names a state, and counts the work of writing that down.
func (r *replay) key(s *state) string {
	key := s.key()
	r.work += len(key) / 4
	return key
}

// helped is the answer where a goroutine that should be stuck can make a step
// without another one. What the environment may do is not this interpreter's to
// judge: it takes all that was shown to it to be used in any way.
func (r *replay) helped(s *state, m Move) Answer {
	g := s.gs[m.Goroutine]
	in := g.top().instr()
	run := &run{prog: r.prog, root: r.root, s: s, prompt: true}
	byItself := true
	switch in.Op {
	case skeleton.Send, skeleton.Recv, skeleton.Recv2, skeleton.Select:
		byItself = m.Case < 0
		for _, o := range run.offers(g) {
			if o.index == m.Case {
				_, byItself = run.ready(o)
			}
		}
	case skeleton.Lock, skeleton.RLock, skeleton.WgWait, skeleton.CondPark:
		byItself = !run.environmental(g.top(), in)
	}
	if byItself {
		r.reason = "the goroutine can go on"
		return Refuted
	}
	r.reason = "others may help"
	return Unrefuted
}
