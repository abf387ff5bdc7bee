package explore

// pool keeps what discarded states owned for the next ones. A state may be
// given back when no state that was cloned from it is in use any more: a
// successor that was visited before, or a state whose subtree is explored.
// What a state only shares has another owner and stays.
type pool struct {
	states     []*state
	goroutines []*goroutine
	frames     [frameSizes][]*frame // by their room for registers
	objects    []*object
}

// Frames are kept by the room they have, in steps of frameStep registers: one that
// was taken for another function would as a rule have to grow. The last list
// holds the larger ones, of all sizes.
const (
	frameSizes = 64
	frameStep  = 8
)

// size is the number of the list for frames with room for n registers.
func size(n int) int { return min((n+frameStep-1)/frameStep, frameSizes-1) }

// What a pool keeps at most: one search with many large states shall not hold on
// to them for the rest of the package.
const (
	pooledStates = 256
	pooledParts  = 4096
	pooledFrames = 256 // of a size
)

func take[T any](list *[]*T) *T {
	if n := len(*list); n > 0 {
		x := (*list)[n-1]
		*list = (*list)[:n-1]
		return x
	}
	return new(T)
}

func (p *pool) state() *state         { return take(&p.states) }
func (p *pool) goroutine() *goroutine { return take(&p.goroutines) }
func (p *pool) object() *object       { return take(&p.objects) }

// frame is one whose registers, none yet, have room for n.
func (p *pool) frame(n int) *frame {
	f := take(&p.frames[size(n)])
	if cap(f.regs) < n {
		f.regs = make([]value, 0, (n+frameStep-1)/frameStep*frameStep)
	}
	f.regs = f.regs[:0]
	return f
}

// give takes a state back.
func (p *pool) give(st *state) {
	for _, g := range st.gs {
		if g.owner != st.owner {
			continue
		}
		for _, f := range g.frames {
			if f.owner == st.owner {
				p.putFrame(f)
			}
		}
		put(&p.goroutines, g, pooledParts)
	}
	for _, o := range st.heap {
		if o.owner == st.owner {
			put(&p.objects, o, pooledParts)
		}
	}
	put(&p.states, st, pooledStates)
}

func (p *pool) putFrame(f *frame) { put(&p.frames[size(cap(f.regs))], f, pooledFrames) }

func put[T any](list *[]*T, x *T, most int) {
	if len(*list) < most {
		*list = append(*list, x)
	}
}
