package oracle

import (
	"slices"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// apply makes a move, and takes those who made it, and those whom they start,
// to their next visible operation.
func (r *run) apply(m Move) {
	r.make(m)
	r.drain()
}

func (r *run) drain() {
	for len(r.pending) > 0 {
		g := r.pending[0]
		r.pending = r.pending[1:]
		r.advance(g)
	}
}

func (r *run) make(m Move) {
	g := r.s.gs[m.Goroutine]
	if g.over != "" {
		r.s.ended = true
		return
	}
	f := g.top()
	in := f.instr()
	r.at = in
	switch in.Op {
	case skeleton.Send, skeleton.Recv, skeleton.Recv2, skeleton.Select:
		if m.Case < 0 {
			r.complete(g, -1, null{}, false)
			break
		}
		o := r.offers(g)[m.Case]
		if m.Partner >= 0 {
			partner := r.s.gs[m.Partner]
			r.complete(g, m.Case, null{}, false)
			r.complete(partner, m.PartnerCase, o.val, true)
			r.advance(g)
			r.advance(partner)
			return
		}
		r.exchange(g, o)
	case skeleton.Exit:
		r.s.ended = true
		return
	case skeleton.Spawn:
		r.spawn(g, f, in)
	default:
		r.passed(m.Goroutine, g, f, in)
	}
	r.advance(g)
}

// exchange does a send or a receive that needs no partner.
func (r *run) exchange(g *goroutine, o offer) {
	c := r.channel(o.ch)
	switch {
	case c == nil:
		if o.send {
			r.escape(o.val, skeleton.EscapeAll)
			r.complete(g, o.index, null{}, false)
			return
		}
		r.complete(g, o.index, r.fresh(o.layout), r.fresh("b"))
	case o.send && c.closed:
		r.fail(g, SendClosed)
	case o.send && int64(len(c.buf)) < c.cap:
		c.buf = append(c.buf, o.val)
		r.complete(g, o.index, null{}, false)
	case o.send:
		r.escape(o.val, skeleton.EscapeAll)
		r.complete(g, o.index, null{}, false)
	case len(c.buf) > 0:
		v := c.buf[0]
		c.buf = c.buf[1:]
		r.complete(g, o.index, v, true)
	case c.closed:
		r.complete(g, o.index, zero(o.layout), false)
	case c.timer || !c.may('c'):
		r.complete(g, o.index, r.fresh(o.layout), true)
	case c.may('s') && r.choose(2) == 0:
		r.complete(g, o.index, r.fresh(o.layout), true)
	default:
		c.closed = true
		r.complete(g, o.index, zero(o.layout), false)
	}
}

// complete gives an operation its result and moves past it.
func (r *run) complete(g *goroutine, index int, v, ok value) {
	f := g.top()
	in := f.instr()
	var result value
	switch in.Op {
	case skeleton.Recv:
		result = v
	case skeleton.Recv2:
		result = append(agg(fit(v, in.Layout)), ok)
	case skeleton.Select:
		cells := agg{int64(index), ok}
		for i, c := range in.Cases {
			switch {
			case c.Send:
			case i == index:
				cells = append(cells, fit(v, c.Layout)...)
			default:
				cells = append(cells, fit(agg{}, c.Layout)...)
			}
		}
		result = cells
	}
	if in.Dst != skeleton.NoReg {
		f.regs[in.Dst] = result
	}
	f.pc++
}

func (r *run) spawn(g *goroutine, f *frame, in *skeleton.Instr) {
	callee, args := r.arg(f, in.Args[0]), r.args(f, in.Args[1:])
	fun, args, caps, isNil := r.resolve(callee, in.Method, args)
	switch {
	case isNil:
		r.throwRuntime(g)
		return
	case fun == nil:
		r.escapeAll(args, caps)
	default:
		child := &goroutine{started: g.pos()}
		r.s.gs = append(r.s.gs, child)
		r.push(child, fun, args, caps)
		r.pending = append(r.pending, child)
	}
	f.pc++
}

// passed does an operation on a lock, a wait group, a condition or the state
// of a channel.
func (r *run) passed(i int, g *goroutine, f *frame, in *skeleton.Instr) {
	switch in.Op {
	case skeleton.Yield:
		f.pc++
		return
	case skeleton.Close, skeleton.Cancel:
		r.close(g, f, in)
		return
	}
	p, ok := r.pointer(r.arg(f, in.Args[0]))
	if !ok {
		r.throwRuntime(g)
		return
	}
	cell := r.cell(p, cellLetter(in.Op))
	switch c := (*cell).(type) {
	case mutex:
		r.mutexOp(i, g, f, in, cell, c)
	case rw:
		r.rwOp(i, g, f, in, cell, c)
	case wg:
		if in.Op == skeleton.WgAdd {
			c.n += r.integer(r.arg(f, in.Args[1]))
			if c.n < 0 && r.s.heap[p.obj].env != "" {
				c.n = 0
			}
			*cell = c
			if c.n < 0 {
				r.fail(g, NegativeCounter)
				return
			}
		}
		f.pc++
	case cond:
		switch in.Op {
		case skeleton.CondAdd:
			*cell = append(slices.Clone(c), i+1)
		case skeleton.Signal:
			if len(c) > 0 {
				*cell = slices.Clone(c[1:])
			}
		case skeleton.Broadcast:
			*cell = cond(nil)
		}
		f.pc++
	default:
		panic(abort{"no lock"})
	}
}

func (r *run) close(g *goroutine, f *frame, in *skeleton.Instr) {
	v := r.arg(f, in.Args[0])
	c := r.channel(v)
	switch {
	case in.Op == skeleton.Cancel:
		if c != nil {
			r.cancel(v.(ref).obj)
		}
	case v == value(null{}):
		r.fail(g, CloseNil)
		return
	case c == nil:
		// From now on this channel of the environment is known.
		if u, ok := v.(sym); ok {
			r.decide(u, ref{obj: r.s.newObject(object{kind: 'h', closed: true, env: "src"})})
		}
	case c.closed:
		r.fail(g, CloseClosed)
		return
	default:
		c.closed = true
	}
	f.pc++
}

func (r *run) result(f *frame, in *skeleton.Instr, v value) {
	if in.Dst != skeleton.NoReg {
		f.regs[in.Dst] = v
	}
}

// environmental reports whether the environment can reach the lock that an
// operation is about: it may have locked it.
func (r *run) environmental(f *frame, in *skeleton.Instr) bool {
	p, ok := r.pointer(r.arg(f, in.Args[0]))
	return ok && r.s.heap[p.obj].env != ""
}

// fail starts the panic of a mistake. It counts unless it is recovered.
func (r *run) fail(g *goroutine, kind Kind) {
	v, at := Verdict{kind, g.pos()}, g.top().instr()
	r.throwRuntime(g)
	g.top().unwind.verdict, g.top().unwind.at = &v, at
}
