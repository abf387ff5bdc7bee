package oracle

import (
	"slices"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Mutexes and read-write locks, by the letter of their documentation.

func cellLetter(op skeleton.Op) byte {
	switch op {
	case skeleton.WgAdd, skeleton.WgWait:
		return 'w'
	case skeleton.CondAdd, skeleton.CondPark, skeleton.Signal, skeleton.Broadcast:
		return 'c'
	}
	return 'r' // a mutex is a RWMutex without readers
}

func (r *run) mutexOp(i int, g *goroutine, f *frame, in *skeleton.Instr, cell *value, c mutex) {
	switch in.Op {
	case skeleton.Lock:
		*cell = mutex{i + 1}
	case skeleton.TryLock:
		free := c.holder == 0
		if free {
			*cell = mutex{i + 1}
		}
		r.result(f, in, free)
	case skeleton.Unlock:
		if c.holder == 0 && !r.environmental(f, in) {
			r.unlockUnlocked(g)
			return
		}
		*cell = mutex{}
	default:
		panic(abort{"a mutex has no " + in.Op.String()})
	}
	f.pc++
}

func (r *run) rwOp(i int, g *goroutine, f *frame, in *skeleton.Instr, cell *value, c rw) {
	idle := c.writer == 0 && c.pending == 0
	switch in.Op {
	case skeleton.Lock:
		if len(c.readers) > 0 {
			// From now on new readers wait; the goroutine stays where it is.
			*cell = rw{pending: i + 1, readers: c.readers}
			return
		}
		*cell = rw{writer: i + 1}
	case skeleton.TryLock:
		free := idle && len(c.readers) == 0
		if free {
			*cell = rw{writer: i + 1}
		}
		r.result(f, in, free)
	case skeleton.Unlock:
		if c.writer == 0 && !r.environmental(f, in) {
			r.unlockUnlocked(g)
			return
		}
		*cell = rw{pending: c.pending, readers: c.readers}
	case skeleton.RLock:
		*cell = rw{readers: withReader(c.readers, i+1)}
	case skeleton.TryRLock:
		if idle {
			*cell = rw{readers: withReader(c.readers, i+1)}
		}
		r.result(f, in, idle)
	case skeleton.RUnlock:
		if len(c.readers) == 0 {
			if r.environmental(f, in) {
				break
			}
			r.unlockUnlocked(g)
			return
		}
		*cell = rw{pending: c.pending, readers: withoutReader(c.readers, i+1)}
	default:
		panic(abort{"a RWMutex has no " + in.Op.String()})
	}
	f.pc++
}

func withReader(readers []int, g int) []int {
	readers = append(slices.Clone(readers), g)
	slices.Sort(readers)
	return readers
}

// withoutReader takes g away, or, where g gives back what another took, the first.
func withoutReader(readers []int, g int) []int {
	at := max(slices.Index(readers, g), 0)
	return slices.Delete(slices.Clone(readers), at, at+1)
}

// unlockUnlocked ends the process: no recover stops it, no defer runs.
func (r *run) unlockUnlocked(g *goroutine) {
	r.note(Verdict{UnlockUnlocked, g.pos()}, g.top().instr())
	r.s.ended = true
}
