package explore

import (
	"slices"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// A root of kind Client stands at a select without cases, with an object in its
// hands: it stands for all who may use the object from outside. What follows the
// select are further calls that they may make. Where everybody else waits, this
// looks whether one of these calls can help: it follows all continuations, the
// root's included, and notes who moves in any of them. Who never does, waits for
// ever.
//
// Must, for as many further calls as the root has in it (two): a cut by a bound
// proves nothing, and nobody is taken to be stuck then. A call that brings the
// count of a wait group down helps who waits for it: how many it takes is the
// clients' business. One that closes the channel on which somebody waits to send has
// him panic, which is no help. A select that finds a channel closed, as that of what has
// ended is, helps nobody by its other cases: whether it takes one of them is luck,
// and those who are told of an end do not come again. Time and the environment
// take part as they do in the search itself.

const (
	furtherStates = 2000   // states of one look
	furtherWork   = 30_000 // instructions and cells of one look
	furtherLooks  = 100    // looks of one root
	furtherAll    = 4      // times the work of a root that its looks may take
)

// holder is the bit of a root that holds an object for further use, 0 if there is none.
func (s *search) holder(st *state) uint64 {
	if s.root.Kind != Client || s.further {
		return 0
	}
	for i, g := range st.gs {
		if g.root && s.forever(st, i) {
			return 1 << i
		}
	}
	return 0
}

// preparing reports whether a Client root has not yet come to where it holds the
// object: others, who could help, do not have it before.
func (s *search) preparing(st *state) bool {
	return s.root.Kind == Client && !s.further && s.holder(st) == 0 && slices.ContainsFunc(st.gs, func(g *goroutine) bool { return g.root })
}

// idle reports whether nothing moves any more but by time and the environment.
func idle(moves []trans) bool {
	for _, t := range moves {
		if t.act != actEnv {
			return false
		}
	}
	return true
}

// beyondHelp is the set of those who wait and whom no further call helps.
func (s *search) beyondHelp(st *state, waiting uint64) uint64 {
	if s.looks >= furtherLooks || s.furtherWork > furtherAll*s.lim.Work {
		s.doubtful = true
		return 0
	}
	s.looks++
	ids := map[int32]uint64{}
	counts := map[int32]int32{}
	for i, g := range st.gs {
		if waiting&(1<<i) != 0 {
			ids[g.id] = 1 << i
			if n, ok := s.waitsForCount(st, i); ok {
				counts[g.id] = n
			}
		}
	}
	l := look{search: s, waiting: ids, counts: counts}
	s.further = true
	cut := s.lookAside(st, l.run)
	s.further = false
	if cut || l.gaveUp {
		s.doubtful = true
		return 0
	}
	var stuck uint64
	for _, bit := range ids {
		stuck |= bit
	}
	return stuck
}

// look follows all continuations of a state, the short ones first: mostly, one
// call helps.
type look struct {
	*search
	waiting map[int32]uint64 // by id: who has not moved yet
	counts  map[int32]int32  // by id: what the wait groups stood at
	gaveUp  bool
}

func (l *look) run(st *state) {
	work := l.work
	todo := []*state{st}
	l.visited[l.enc.key(st)] = true
	for states := 0; len(todo) > 0 && len(l.waiting) > 0; states++ {
		if states > furtherStates || l.work-work > furtherWork || l.bound != "" {
			l.gaveUp = true
			break
		}
		st := todo[0]
		todo = todo[1:]
		for _, next := range l.follow(st) {
			if _, seen := l.visited[next.key]; !seen {
				l.visited[next.key] = true
				todo = append(todo, next.st)
			}
		}
	}
	l.furtherWork += l.work - work
	l.work = work
}

// follow notes who can move in a state and computes its successors: all of them
// where those of a persistent set were seen before, which may close a cycle.
func (l *look) follow(st *state) []leaf {
	s := l.search
	moves, canMove := s.allMoves(st)
	if unlucky := slices.DeleteFunc(moves, func(t trans) bool { return s.lucky(st, t) }); len(unlucky) < len(moves) {
		moves, canMove = unlucky, 0
		for _, t := range moves {
			canMove |= t.movers()
		}
	}
	for i, g := range st.gs {
		if canMove&(1<<i) != 0 && !l.bursts(st, i) {
			delete(l.waiting, g.id)
		}
		if was, ok := l.counts[g.id]; ok {
			if n, ok := s.waitsForCount(st, i); ok && n < was {
				delete(l.waiting, g.id) // more calls of the kind would bring it to zero
			}
		}
	}
	if canMove == 0 || len(l.waiting) == 0 {
		return nil
	}
	s.masks = s.reach(st, s.masks)
	all := everybody(st)
	set := s.persistent(st, s.masks, canMove)
	next, more := s.successors(st, moves, set, nil)
	if more && set != all {
		next, _ = s.successors(st, moves, all&^set, next)
	}
	return next
}

// bursts reports whether a goroutine waits to send on a channel that is closed by now:
// it panics, and nothing has come of its wait. Who chooses how much room there is
// knows how often he may send.
func (l *look) bursts(st *state, i int) bool {
	if l.waiting[st.gs[i].id] == 0 || st.peek(i).fn.code[st.peek(i).pc].Op != skeleton.Send || l.mayRecover(st, i) {
		return false
	}
	var buf [4]port
	o := st.channel(l.ports(st, i, buf[:0])[0].ch)
	return o != nil && o.closed && !o.chosen
}

// lucky reports whether a transition is another case of a select, in a further
// call, that finds a channel closed.
func (s *search) lucky(st *state, t trans) bool {
	root, cas := t.g, t.cas
	if t.partner >= 0 && st.gs[t.partner].root {
		root, cas = t.partner, t.pcas
	}
	if !st.gs[root].root {
		return false
	}
	f := st.peek(root)
	if f.fn.code[f.pc].Op != skeleton.Select {
		return false
	}
	over := func(p port) bool {
		o := st.channel(p.ch)
		return o != nil && o.closed && !p.send
	}
	var buf [4]port
	ports := s.ports(st, root, buf[:0])
	return slices.ContainsFunc(ports, over) && !slices.ContainsFunc(ports, func(p port) bool { return p.cas == cas && over(p) })
}

// waitsForCount is what a wait group stands at that a goroutine waits for.
func (m *machine) waitsForCount(st *state, i int) (n int32, ok bool) {
	f := st.peek(i)
	in := &f.fn.code[f.pc]
	if in.Op != skeleton.WgWait {
		return 0, false
	}
	o, v := m.cell(st, i, in)
	return v.a, o != nil && v.k == vWG
}

// awake reports whether a root that stands at a select without cases goes on.
func (m *machine) awake(st *state, i int, in *instr) bool {
	return m.further && st.gs[i].root && in.Op == skeleton.Select && len(in.cases) == 0 && in.N == 0
}
