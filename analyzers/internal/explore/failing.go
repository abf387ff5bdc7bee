package explore

import "slices"

// A test that is bound to fail shows no mistake by who is stuck then: to fail is
// the end of the process. Where a goroutine is stuck before the test has ended,
// this follows all continuations until one lets the test go on to its end, or
// leaves it hanging.
//
// Must: a cut by a bound proves nothing, and the test is not taken to fail then.

const (
	failingStates = 300    // states of one look
	failingWork   = 20_000 // instructions and cells of one look
)

// boundToFail reports whether a test's root can no longer end but by failing.
func (s *search) boundToFail(st *state) (fails bool) {
	if s.root.Kind != Test || s.rootIndex(st) < 0 || s.failWork > s.lim.Work {
		return false
	}
	s.lookAside(st, func(st *state) { fails = s.allFail(st) })
	return fails
}

// rootIndex is the number of the root's goroutine, -1 if it has ended.
func (s *search) rootIndex(st *state) int {
	for i, g := range st.gs {
		if g.root {
			return i
		}
	}
	return -1
}

// allFail follows the continuations of a state, one after the other to its end.
func (s *search) allFail(st *state) bool {
	work, cuts := s.work, s.cuts
	defer func() {
		s.failWork += s.work - work
		s.work = work
	}()
	todo := []*state{st}
	s.visited[s.enc.key(st)] = true
	for states := 0; len(todo) > 0; states++ {
		st := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		moves, canMove := s.allMoves(st)
		if s.rootIndex(st) < 0 || canMove == 0 {
			return false
		}
		moves, canMove = s.inTime(st, slices.Clone(moves), canMove)
		s.masks = s.reach(st, s.masks)
		set := s.persistent(st, s.masks, canMove)
		next, again := s.onward(st, moves, set)
		if again {
			more, _ := s.onward(st, moves, everybody(st)&^set)
			next = append(next, more...)
		}
		if states > failingStates || s.work-work > failingWork || s.bound != "" || s.cuts != cuts {
			return false
		}
		todo = append(todo, next...)
	}
	return true
}

// onward is the states after the transitions of a set of goroutines that were
// not seen before, and whether one of them was. Where the process ends there is
// none: that others could have gone on before does not change that it ends.
func (s *search) onward(st *state, moves []trans, set uint64) (next []*state, again bool) {
	for _, t := range moves {
		if set&(1<<t.g) == 0 {
			continue
		}
		leaves, _ := s.after(st, t, s.stepOf(st, t))
		for _, l := range leaves {
			if _, seen := s.visited[l.key]; seen {
				again = true
				continue
			}
			s.visited[l.key] = true
			next = append(next, l.st)
		}
	}
	return next, again
}
