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
				p.frames = append(p.frames, f)
			}
		}
		p.goroutines = append(p.goroutines, g)
	}
	for _, o := range st.heap {
		if o.owner == st.owner {
			p.objects = append(p.objects, o)
		}
	}
	p.states = append(p.states, st)
}
