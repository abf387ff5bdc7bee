package explore

// compact drops the objects and symbols that nothing live refers to, and what
// is in dead cells, and renumbers the rest: states are copied at every fork, and
// long schedules shall not grow.

// slack is by how much a state may grow before it is compacted again.
const slack = 32

func grown(st *state) bool { return len(st.heap)+len(st.syms) > 2*st.packed+slack }

type compactor struct {
	m    *machine
	st   *state
	heap []*object
	syms []symbol
	objs []int32 // new number+1
	nums []int32
	kept []value // live registers of a frame
}

func (s *search) compact(st *state) {
	s.enc.key(st) // tells what is read
	c := &compactor{m: s.machine, st: st, objs: make([]int32, len(st.heap)), nums: make([]int32, len(st.syms))}
	for i, g := range st.globals {
		if g >= 0 {
			st.globals[i] = c.object(g)
		}
	}
	for i := range st.gs {
		g := st.own(i)
		for n := range g.frames {
			f := g.frame(st, n)
			live := s.liveAt(f, n == len(g.frames)-1)
			c.kept = c.kept[:0]
			for _, r := range live {
				c.kept = append(c.kept, c.value(f.regs[r]))
			}
			for r := range f.regs {
				f.regs[r] = nilValue
			}
			for k, r := range live {
				f.regs[r] = c.kept[k]
			}
			for k := range f.defers {
				d := &f.defers[k]
				d.fn = c.value(d.fn)
				d.args = c.values(d.args)
			}
		}
	}
	for n, again := 0, true; again; again = c.decisions() {
		for ; n < len(c.heap); n++ {
			o := *c.heap[n]
			o.owner = st.owner
			c.cells(s.enc.dead, &o)
			o.links = append([]int32(nil), o.links...)
			for i, l := range o.links {
				o.links[i] = c.object(l)
			}
			c.heap[n] = &o
		}
	}
	st.heap, st.syms = c.heap, c.syms
	st.packed = len(st.heap) + len(st.syms)
	s.work += st.packed
}

// cells copies the cells of an object without what is dead.
func (c *compactor) cells(dead func(*object, int) bool, o *object) {
	old := *o
	o.cells = make([]value, 0, len(old.cells))
	if o.sparse {
		o.offs, o.places = nil, nil
	}
	for i, v := range old.cells {
		switch gone := dead(&old, i); {
		case !o.sparse && gone:
			o.cells = append(o.cells, nilValue)
		case !o.sparse:
			o.cells = append(o.cells, c.value(v))
		case !gone && v.k != vUnset:
			o.cells = append(o.cells, c.value(v))
			o.offs = append(o.offs, old.offs[i])
			o.places = append(o.places, old.places[i])
		}
	}
}

func (c *compactor) object(n int32) int32 {
	if c.objs[n] == 0 {
		c.heap = append(c.heap, c.st.heap[n])
		c.objs[n] = int32(len(c.heap))
	}
	return c.objs[n] - 1
}

func (c *compactor) values(vals []value) []value {
	if vals == nil {
		return nil
	}
	out := make([]value, len(vals))
	for i, v := range vals {
		out[i] = c.value(v)
	}
	return out
}

func (c *compactor) value(v value) value {
	v = c.st.resolve(v)
	switch v.k {
	case vSym:
		v.a = c.symbol(v.a)
	case vRef:
		v.a = c.object(v.a)
	case vAgg, vSlice, vIface, vFunc:
		if v.p != nil {
			parts := c.values(*v.p)
			v.p = &parts
		}
	}
	return v
}

func (c *compactor) symbol(n int32) int32 {
	if c.nums[n] == 0 {
		c.syms = append(c.syms, symbol{})
		at := len(c.syms)
		c.nums[n] = int32(at)
		s := c.st.syms[n]
		switch err, open := c.st.openError(&s); {
		case s.op != opNone:
			s.origin = s.over(c.value(s.x), c.value(s.y))
		case open:
			s.origin = s.over(c.value(err), s.y)
		case s.x.k != vUnset:
			s.origin = s.over(value{}, s.y)
		}
		c.syms[at-1] = s
	}
	return c.nums[n] - 1
}

// decisions keeps what was decided on expressions over symbols that stay, and
// reports whether there was more of it.
func (c *compactor) decisions() bool {
	kept := func(v value) bool {
		switch v.k {
		case vSym:
			return c.nums[v.a] != 0
		case vRef:
			return c.objs[v.a] != 0
		case vAgg, vSlice, vIface, vFunc:
			return false
		}
		return true
	}
	some := false
	for n := range c.st.syms {
		s := c.st.syms[n]
		if s.op == opNone || s.bound.k == vUnset || c.nums[n] != 0 {
			continue
		}
		x, y := c.st.resolve(s.x), c.st.resolve(s.y)
		if kept(x) && kept(y) && s.askable(x, y) {
			s.origin, s.bound = s.over(c.value(x), c.value(y)), c.value(s.bound)
			c.syms = append(c.syms, s)
			c.nums[n] = int32(len(c.syms))
			some = true
		}
	}
	return some
}
