package oracle

import (
	"slices"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// A Move is one visible operation of a goroutine that is possible now: which
// case of its select it takes (-1 the default), and for an exchange over an
// unbuffered channel who receives.
type Move struct {
	Goroutine   int
	Case        int
	Partner     int // the receiver, -1 where there is none
	PartnerCase int
}

// An offer is a send or a receive that a goroutine stands before.
type offer struct {
	send   bool
	ch     value
	val    value
	layout string
	index  int  // of the select case
	never  bool // the goroutine does not wait: its select has a default
}

func (r *run) offers(g *goroutine) []offer {
	if g.over != "" || len(g.frames) == 0 {
		return nil
	}
	f := g.top()
	in := f.instr()
	switch in.Op {
	case skeleton.Send:
		return []offer{{send: true, ch: r.arg(f, in.Args[0]), val: r.arg(f, in.Args[1])}}
	case skeleton.Recv, skeleton.Recv2:
		return []offer{{ch: r.arg(f, in.Args[0]), layout: in.Layout}}
	case skeleton.Select:
		var list []offer
		for i, c := range in.Cases {
			o := offer{send: c.Send, ch: r.arg(f, c.Chan), layout: c.Layout, index: i, never: in.N == 1}
			if c.Send {
				o.val = r.arg(f, c.Val)
			}
			list = append(list, o)
		}
		return list
	}
	return nil
}

// channel is the object of a channel value, nil for nil and for the environment's.
func (r *run) channel(v value) *object {
	p, ok := v.(ref)
	if !ok {
		return nil
	}
	if o := r.s.heap[p.obj]; o.kind == 'h' {
		return o
	}
	panic(abort{"no channel"})
}

// ready tells whether an offer can be taken without another goroutine, and
// whether that is certain: what the environment may do, it may also do later.
func (r *run) ready(o offer) (possible, certain bool) {
	c := r.channel(o.ch)
	switch {
	case c == nil:
		return o.ch != value(null{}), false
	case c.closed:
		return true, true
	case o.send && int64(len(c.buf)) < c.cap:
		return true, true
	case o.send:
		return c.may('r'), false
	case len(c.buf) > 0:
		return true, true
	}
	return c.timer || c.may('s') || c.may('c'), false
}

func (o *object) may(what byte) bool {
	for i := range len(o.env) {
		if o.env[i] == what {
			return true
		}
	}
	return false
}

// moves lists what can happen next.
//
// A goroutine that stands before a blocking operation may not have begun it
// yet. So the default of a select is possible unless a case is ready for
// certain: a partner that merely stands before the other side does not count.
func (r *run) moves() []Move {
	if r.s.ended || r.s.cut {
		return nil
	}
	var list []Move
	all := make([][]offer, len(r.s.gs))
	for i, g := range r.s.gs {
		all[i] = r.offers(g)
	}
	for i, g := range r.s.gs {
		if g.over != "" {
			list = append(list, Move{Goroutine: i, Partner: -1})
			continue
		}
		if len(g.frames) == 0 {
			continue
		}
		in := g.top().instr()
		switch in.Op {
		case skeleton.Send, skeleton.Recv, skeleton.Recv2, skeleton.Select:
			anyCertain := false
			for _, o := range all[i] {
				possible, certain := r.ready(o)
				anyCertain = anyCertain || certain
				if possible {
					list = append(list, Move{Goroutine: i, Case: o.index, Partner: -1})
				}
				list = append(list, r.exchanges(i, o, all)...)
			}
			if in.Op == skeleton.Select && in.N == 1 && !anyCertain {
				list = append(list, Move{Goroutine: i, Case: -1, Partner: -1})
			}
		default:
			if r.canPass(i, g, in) {
				list = append(list, Move{Goroutine: i, Partner: -1})
			}
		}
	}
	return list
}

// exchanges lists the receivers, by what all goroutines offer, that can take what
// goroutine i offers to send.
func (r *run) exchanges(i int, o offer, all [][]offer) []Move {
	c := r.channel(o.ch)
	if c == nil || !o.send || c.closed || c.cap > 0 {
		return nil
	}
	var list []Move
	for j, others := range all {
		if i == j {
			continue
		}
		for _, p := range others {
			if !p.send && p.ch == o.ch && !(o.never && p.never) {
				list = append(list, Move{Goroutine: i, Case: o.index, Partner: j, PartnerCase: p.index})
			}
		}
	}
	return list
}

// canPass tells whether an operation that is no exchange can be done now.
func (r *run) canPass(i int, g *goroutine, in *skeleton.Instr) bool {
	switch in.Op {
	case skeleton.Lock, skeleton.RLock, skeleton.WgWait, skeleton.CondPark:
	default:
		return true
	}
	p, ok := r.pointer(r.arg(g.top(), in.Args[0]))
	if !ok {
		return true // it panics
	}
	free := r.s.heap[p.obj].env != ""
	switch c := (*r.cell(p, cellLetter(in.Op))).(type) {
	case mutex:
		return c.holder == 0
	case rw:
		switch {
		case in.Op == skeleton.RLock:
			return c.writer == 0 && c.pending == 0
		case c.pending == i+1:
			return len(c.readers) == 0
		}
		return c.writer == 0 && c.pending == 0
	case wg:
		return c.n == 0 || free
	case cond:
		return !slices.Contains(c, i+1) || free
	}
	panic(abort{"no lock"})
}
