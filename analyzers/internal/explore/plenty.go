package explore

import "github.com/concheck/concheck/analyzers/internal/skeleton"

// Plenty of items. Lengths are taken to be small, which shows most mistakes. A sender that
// is left alone with its items by those who take them shows only if there are
// more items than all of them, and all buffers, take in first: four workers that give up
// at an error, one item each, leave a dispatcher alone with the fifth.
//
// What it computes: exact, for one length more. A search notes whether a length
// was chosen that so many goroutines may empty in this way; a search with
// Limits.Plenty chooses lengths one larger, where they are first asked for.
// Ignored: numbers that are no lengths, lengths that the package may know, and
// more than maxPlenty of anything.

// maxPlenty bounds such lengths.
const maxPlenty = 300

// plenty is a length that a goroutine cannot get rid of if each of the others
// takes one item and no more, 0 if that is too much.
func (m *machine) plenty(st *state) int32 {
	n := int32(len(st.gs)) // the asker counts for the item that is too much
	for _, o := range st.heap {
		if o != nil && o.kind == oChan && o.env&envAll == 0 && !o.timer && !o.closed && len(o.sized) == 0 {
			n += o.cap
		}
		if n > maxPlenty {
			return 0
		}
	}
	return n
}

// unbounded reports whether a symbol is the length of what a caller has passed, what
// came from outside, or what others add to: of the rest the package may well know how
// long it is.
func (st *state) unbounded(n int32) bool {
	s := &st.syms[n]
	if x := st.resolve(s.x); s.op == opLen && x.k == vSym && st.syms[x.a].op == opNone {
		of := &st.syms[x.a]
		return of.nameRef == nil || of.nameRef.Op == skeleton.Sym || of.nameRef.Op == skeleton.Load && of.nameRef.Tag == skeleton.Growing || of.outcome
	}
	return false
}

// amply makes a length that is asked for larger, or notes that it might be.
func (s *search) amply(st *state, a *ask) {
	if !st.unbounded(a.sym) {
		return
	}
	n := s.plenty(st)
	for _, v := range a.vals {
		if v.k != vInt || v.a >= n {
			return
		}
	}
	if s.scant = true; s.lim.Plenty {
		a.vals, a.ample = []value{intValue(int(n))}, true
	}
}

// Ample reports whether a finding takes such a length.
func (f *Finding) Ample() bool { return f.chooses(func(c Choice) bool { return c.ample }) }
