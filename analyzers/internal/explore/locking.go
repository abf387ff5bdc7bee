package explore

import (
	"slices"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Unlock and WaitGroup.Add, which nobody has to wait for.

// unlock executes Unlock and RUnlock.
func (m *machine) unlock(st *state, i int, in *instr, addr value) outcome {
	ref, ok := m.address(st, addr, in)
	if !ok {
		return cut
	}
	o := st.heap[ref.a]
	v := o.get(ref.b)
	free := false
	read := in.Op == skeleton.RUnlock
	switch {
	case v.k == vMutex && !read:
		free = v.a == 0
		v.a = 0
	case v.k == vRW && !read:
		free = v.a == 0
		v.a = 0
	case v.k == vRW:
		// Any reader may leave for another; its own hold comes first.
		id := st.gs[i].id
		readers := v.parts()
		free = len(readers) == 0
		if !free {
			if !holdsList(readers, id) {
				id = readers[0].a
			}
			v.p = without(readers, id)
		}
	default:
		m.noteAstray(st, i)
		st.top(i).pc++
		return goOn
	}
	if free && o.env&envAll == 0 {
		m.panicked = &crash{kind: UnlockUnlocked, g: m.describe(st, i), at: in, deferred: st.peek(i).by != nil}
		return exited
	}
	if free {
		m.noteAstray(st, i)
	}
	st.obj(ref.a).set(ref.b, v, 0)
	st.top(i).pc++
	return goOn
}

// noteAstray notes that goroutine i unlocks what nobody is known to have locked
// while it holds something else: as likely as not it is the same lock by a way
// that the exploration has lost, and what seems to be held is free.
func (m *machine) noteAstray(st *state, i int) {
	st.astray = st.astray || m.locksHeld(st, st.gs[i].id) > 0
}

// waitsAstray reports whether one of a group waits for a lock where it is not
// known which are held.
func (s *search) waitsAstray(st *state, group uint64) bool {
	if !st.astray {
		return false
	}
	for i := range st.gs {
		if f := st.peek(i); group&(1<<i) != 0 && locks(f.fn.code[f.pc].Op) {
			return true
		}
	}
	return false
}

// kept reports whether the lock that goroutine i of a client waits for is held by
// one whose call has returned: a call that keeps a lock is for a client who knows
// what releases it. Of a client that waits for itself, one that took the same lock
// statement before, and is not there now, has come back to it by another call.
func (s *search) kept(st *state, i int) bool {
	f := st.peek(i)
	in := &f.fn.code[f.pc]
	ref := s.val(st, f, in, in.args[0])
	if ref.k != vRef {
		return false
	}
	v := st.heap[ref.a].get(ref.b)
	over := func(id int32) bool {
		h := st.index(id)
		return h < 0 || s.client(st.gs[h]) && len(st.gs[h].frames) == 1
	}
	if v.k == vRW && v.a == 0 {
		readers := v.parts()
		return len(readers) > 0 && !slices.ContainsFunc(readers, func(r value) bool { return !over(r.a) })
	}
	if v.a == 0 {
		return false
	}
	if st.index(v.a-1) != i {
		return over(v.a - 1)
	}
	within := 0
	for _, fr := range st.gs[i].frames {
		if fr.fn == f.fn {
			within++
		}
	}
	return within == 1 && slices.ContainsFunc(s.path(nil), func(step Step) bool {
		return step.at == in && step.Goroutine == int(st.gs[i].id)
	})
}

// maxCounted bounds the count of a wait group of the environment, which a loop
// that serves for ever may add to for ever.
const maxCounted = 4

// wgAdd executes Add and Done.
func (m *machine) wgAdd(st *state, i int, in *instr, addr, delta value) (outcome, *ask) {
	if a := st.wantInt(delta); a != nil {
		return goOn, a
	}
	ref, ok := m.address(st, addr, in)
	if !ok {
		return cut, nil
	}
	o := st.heap[ref.a]
	v := o.get(ref.b)
	if v.k == vUnset && o.env&envAll != 0 {
		v = value{k: vWG}
	}
	if v.k != vWG || delta.k != vInt {
		st.top(i).pc++
		return goOn, nil
	}
	v.a += delta.a
	if o.env&envAll != 0 {
		// Of those of the environment what is counted is what was added in sight.
		v.a = min(max(v.a, 0), maxCounted)
	}
	st.obj(ref.a).set(ref.b, v, 0)
	if v.a < 0 {
		m.fail(st, i, NegativeCounter)
		return goOn, nil
	}
	st.top(i).pc++
	return goOn, nil
}
