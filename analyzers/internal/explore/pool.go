package explore

// pool keeps what discarded states owned for the next ones. A state may be
// given back when no state that was cloned from it is in use any more: a
// successor that was visited before, or a state whose subtree is explored.
// What a state only shares has another owner and stays.
type pool struct {
	states     []*state
	goroutines []*goroutine
	frames     []*frame
	objects    []*object
}

// What a pool keeps at most: one search with many large states shall not hold on
// to them for the rest of the package.
const (
	pooledStates = 256
	pooledParts  = 4096
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
func (p *pool) frame() *frame         { return take(&p.frames) }
func (p *pool) object() *object       { return take(&p.objects) }

// give takes a state back.
func (p *pool) give(st *state) {
	for _, g := range st.gs {
		if g.owner != st.owner {
			continue
		}
		for _, f := range g.frames {
			if f.owner == st.owner {
				put(&p.frames, f, pooledParts)
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

func put[T any](list *[]*T, x *T, most int) {
	if len(*list) < most {
		*list = append(*list, x)
	}
}
