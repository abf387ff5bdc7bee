package explore

import "github.com/concheck/concheck/analyzers/internal/skeleton"

// act is how a transition performs a goroutine's visible operation.
type act uint8

const (
	actAlone      act = iota // by itself: buffer, closed channel, lock
	actEnv                   // with the environment as partner
	actRendezvous            // a send handed to a goroutine that receives
	actDefault               // a select's default
	actAnnounce              // a writer makes known that it waits: new readers stay out
	actContinue              // a pause ends
)

// trans is one transition of a state. g and partner are indices; cas and pcas
// number the cases of a select, -1 for a plain operation.
type trans struct {
	act        act
	g, partner int
	cas, pcas  int
}

// movers are those who go on by a transition.
func (t trans) movers() uint64 {
	if t.partner < 0 {
		return 1 << t.g
	}
	return 1<<t.g | 1<<t.partner
}

// port is one channel operation that a goroutine stands at: a plain operation
// or a case of its select.
type port struct {
	cas    int
	send   bool
	ch     value // resolved
	val    int32 // operand of a sent value
	name   string
	pos    skeleton.Pos
	layout string
	loop   bool // a range loop
}

// ports lists the channel operations goroutine i stands at.
func (m *machine) ports(st *state, i int, buf []port) []port {
	f := st.peek(i)
	in := &f.fn.code[f.pc]
	switch in.Op {
	case skeleton.Send:
		return append(buf, port{cas: -1, send: true, ch: m.val(st, f, in, in.args[0]), val: in.args[1], name: in.Name, pos: in.Pos})
	case skeleton.Recv, skeleton.Recv2:
		return append(buf, port{cas: -1, ch: m.val(st, f, in, in.args[0]), name: in.Name, pos: in.Pos, layout: in.Layout, loop: in.Tag == "range"})
	case skeleton.Select:
		for n := range in.cases {
			c := &in.cases[n]
			pos := c.Case.Pos
			if pos == 0 {
				pos = in.Pos
			}
			buf = append(buf, port{cas: n, send: c.Send, ch: m.val(st, f, in, c.ch), val: c.val, name: c.Case.Name, pos: pos, layout: c.Layout})
		}
	}
	return buf
}

// channel returns the object of a channel value, nil if the environment owns it.
func (st *state) channel(v value) *object {
	if v.k == vRef && st.heap[v.a].kind == oChan {
		return st.heap[v.a]
	}
	return nil
}

// moves appends the transitions of goroutine i, the rendezvous with a receiver
// among those of the sender.
func (m *machine) moves(st *state, i int, out []trans) []trans {
	f := st.peek(i)
	in := &f.fn.code[f.pc]
	t := trans{g: i, partner: -1, cas: -1, pcas: -1}
	with := func(a act) { t.act = a; out = append(out, t) }
	switch in.Op {
	case skeleton.Send, skeleton.Recv, skeleton.Recv2, skeleton.Select:
		return m.chanMoves(st, i, in, out)
	case skeleton.Lock, skeleton.RLock:
		switch m.lockState(st, i, in) {
		case lockFree:
			with(actAlone)
		case lockAnnounce:
			with(actAnnounce)
		}
	case skeleton.WgWait:
		if o, v := m.cell(st, i, in); o == nil || v.a == 0 || o.env&envAll != 0 && m.leftToOthers(st, i, in) {
			with(actAlone)
		}
	case skeleton.CondPark:
		o, v := m.cell(st, i, in)
		if o == nil || v.k != vCond || !holdsList(v.parts(), st.gs[i].id) || o.env&envAll != 0 {
			with(actAlone)
		}
	case skeleton.Branch:
		with(actContinue)
	case skeleton.Spawn:
		if len(st.gs) < m.lim.Goroutines {
			with(actContinue)
		} else {
			m.hit("goroutines")
		}
	default: // what never blocks
		with(actAlone)
	}
	return out
}

// leftToOthers reports whether the Done that a wait group of the environment
// waits for can only be the environment's: what was added in sight is given back
// by a goroutine in sight, as long as one can reach the group.
func (m *machine) leftToOthers(st *state, i int, in *instr) bool {
	ref := m.val(st, st.peek(i), in, in.args[0])
	return who(m.reach(st, nil), ref.a)&everybody(st)&^(1<<i) == 0
}

func (m *machine) chanMoves(st *state, i int, in *instr, out []trans) []trans {
	var buf, others [4]port
	definite := false // some case is ready whatever the others do
	if m.awake(st, i, in) {
		return append(out, trans{act: actContinue, g: i, partner: -1, cas: -1, pcas: -1})
	}
	for _, p := range m.ports(st, i, buf[:0]) {
		t := trans{g: i, partner: -1, cas: p.cas, pcas: -1}
		with := func(a act) { t.act = a; out = append(out, t) }
		if p.ch.k == vNil {
			if in.Op != skeleton.Select && in.Pos < 0 {
				with(actEnv) // in another package: what makes the channel is not in sight
			}
			continue
		}
		o := st.channel(p.ch)
		if o == nil {
			with(actEnv)
			continue
		}
		if o.env&envAll != 0 {
			if o.closed {
				definite = true
				with(actAlone)
			} else {
				with(actEnv)
			}
			continue
		}
		definite = definite || m.parkedAt(st, p.ch.a, !p.send)
		if !p.send {
			if o.closed || len(o.cells) > 0 {
				definite = true
				with(actAlone)
			}
			if o.env&(envSend|envClose) != 0 && !o.closed {
				with(actEnv)
			}
			continue
		}
		if o.closed || len(o.cells) < int(o.cap) {
			definite = true
			with(actAlone)
		}
		if o.env&envRecv != 0 && !o.closed {
			with(actEnv)
		}
		if o.closed || o.cap > 0 {
			continue
		}
		for h := range st.gs {
			if h == i {
				continue
			}
			if in.N == 1 && in.Op == skeleton.Select && m.passesBy(st, h) {
				continue // neither waits for the other
			}
			for _, q := range m.ports(st, h, others[:0]) {
				if !q.send && q.ch.k == vRef && q.ch.a == p.ch.a {
					t.partner, t.pcas = h, q.cas
					with(actRendezvous)
				}
			}
		}
	}
	if in.Op == skeleton.Select && in.N == 1 && !definite {
		out = append(out, trans{act: actDefault, g: i, partner: -1, cas: -1, pcas: -1})
	}
	return out
}

// passesBy reports whether goroutine i stands at a select with default.
func (m *machine) passesBy(st *state, i int) bool {
	f := st.peek(i)
	in := &f.fn.code[f.pc]
	return in.Op == skeleton.Select && in.N == 1
}

// cell finds the object and the cell of the lock, WaitGroup or Cond that
// goroutine i stands at; nil if it is unknown.
func (m *machine) cell(st *state, i int, in *instr) (*object, value) {
	f := st.peek(i)
	v := m.val(st, f, in, in.args[0])
	if v.k != vRef {
		return nil, value{}
	}
	o := st.heap[v.a]
	return o, o.get(v.b)
}

type lockAnswer uint8

const (
	lockFree lockAnswer = iota
	lockHeld
	lockAnnounce
)

// lockState tells whether a Lock or RLock can proceed. A writer that meets
// readers announces itself, and from then on readers wait behind it, as
// sync.RWMutex documents.
func (m *machine) lockState(st *state, i int, in *instr) lockAnswer {
	_, v := m.cell(st, i, in)
	switch v.k {
	case vMutex:
		if v.a != 0 {
			return lockHeld
		}
	case vRW:
		readers := v.parts()
		waiting := m.announced(st, i, in)
		if in.Op == skeleton.RLock {
			if v.a != 0 || waiting >= 0 {
				return lockHeld
			}
			return lockFree
		}
		switch {
		case v.a != 0 || waiting >= 0:
			return lockHeld
		case len(readers) == 0:
			return lockFree
		case !st.gs[i].announced:
			return lockAnnounce
		}
		return lockHeld
	}
	return lockFree
}

// announced finds another goroutine that waits as a writer for the lock that
// goroutine i stands at, -1 if there is none.
func (m *machine) announced(st *state, i int, in *instr) int {
	at := m.val(st, st.peek(i), in, in.args[0])
	for h, g := range st.gs {
		if h == i || !g.announced {
			continue
		}
		f := st.peek(h)
		other := &f.fn.code[f.pc]
		if v := m.val(st, f, other, other.args[0]); v.k == vRef && v.a == at.a && v.b == at.b {
			return h
		}
	}
	return -1
}

// observable reports whether goroutine i must rest before an operation that
// else runs at once, for others can tell when it is done.
//
// An unlock by the holder only enables, unless somebody looks with TryLock. A
// wait group's Done only enables unless it goes below zero; an Add to it races
// with Wait and with the Done that would have made it zero.
func (m *machine) observable(st *state, i int, in *instr) bool {
	switch in.Op {
	case skeleton.Unlock, skeleton.RUnlock, skeleton.WgAdd:
	default:
		return false
	}
	if len(st.gs) == 1 {
		return false
	}
	o, v := m.cell(st, i, in)
	if o == nil || o.env&envAll != 0 {
		return false
	}
	id := st.gs[i].id
	switch {
	case v.k == vWG && in.Op == skeleton.WgAdd:
		n := m.val(st, st.peek(i), in, in.args[1])
		return n.k == vInt && (n.a > 0 || v.a+n.a < 0)
	case v.k != vMutex && v.k != vRW:
		return false
	case m.tries:
		return true
	case in.Op == skeleton.RUnlock:
		return !holdsList(v.parts(), id)
	}
	return v.a != id+1
}
