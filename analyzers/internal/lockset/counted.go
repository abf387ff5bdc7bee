package lockset

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// findCounted collects the locks that one loop locks for reading and another
// one unlocks: as often, if a count says so, and a dataflow over locks does not
// follow counts. Nothing is said about how often these locks are held. A loop
// that unlocks what it locks is another matter: it can do so in each round.
func (f *frame) findCounted() {
	f.counted = map[string]bool{}
	if len(f.loops) < 2 {
		return
	}
	locks, unlocks := map[string][]*ssa.BasicBlock{}, map[string][]*ssa.BasicBlock{}
	for _, b := range f.fn.Blocks {
		if !f.inLoop[b.Index] {
			continue
		}
		for _, i := range b.Instrs {
			call, ok := i.(*ssa.Call)
			if !ok {
				continue
			}
			switch o, v := f.syncCall(&call.Call); o {
			case opRLock:
				key := f.placeOf(v).key()
				locks[key] = append(locks[key], b)
			case opRUnlock:
				key := f.placeOf(v).key()
				unlocks[key] = append(unlocks[key], b)
			}
		}
	}
	for key, in := range locks {
		together := func(b *ssa.BasicBlock) bool {
			return slices.ContainsFunc(unlocks[key], func(u *ssa.BasicBlock) bool { return f.innermost(b)[u] || f.innermost(u)[b] })
		}
		f.counted[key] = len(unlocks[key]) > 0 && !slices.ContainsFunc(in, together)
	}
}

// innermost returns the smallest loop that a block is in, nil if it is in none.
func (f *frame) innermost(b *ssa.BasicBlock) (in map[*ssa.BasicBlock]bool) {
	for _, loop := range f.loops {
		if loop[b] && (in == nil || len(loop) < len(in)) {
			in = loop
		}
	}
	return in
}
