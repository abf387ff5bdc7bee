package explore

import "github.com/concheck/concheck/analyzers/internal/skeleton"

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
		st.top(i).pc++
		return goOn
	}
	if free && o.env&envAll == 0 {
		m.panicked = &crash{kind: UnlockUnlocked, g: m.describe(st, i), at: in, deferred: st.peek(i).by != nil}
		return exited
	}
	st.obj(ref.a).set(ref.b, v, 0)
	st.top(i).pc++
	return goOn
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
