package explore

import "github.com/concheck/concheck/analyzers/internal/skeleton"

// What visible operations do when the search takes them.

// perform executes a transition on a state of its own. It reports false if the
// path ends here.
func (m *machine) perform(st *state, t trans) bool {
	i := t.g
	f := st.peek(i)
	in := &f.fn.code[f.pc]
	switch in.Op {
	case skeleton.Send, skeleton.Recv, skeleton.Recv2, skeleton.Select:
		return m.performChan(st, t, in)
	case skeleton.Close:
		return m.performClose(st, i, in)
	case skeleton.Cancel:
		if v := m.val(st, f, in, in.args[0]); st.channel(v) != nil {
			m.cancel(st, v.a)
		}
		st.top(i).pc++
	case skeleton.Lock, skeleton.RLock, skeleton.TryLock, skeleton.TryRLock:
		return m.performLock(st, t, in)
	case skeleton.CondAdd, skeleton.Signal, skeleton.Broadcast:
		return m.performCond(st, i, in)
	case skeleton.Unlock, skeleton.RUnlock:
		return m.unlock(st, i, in, m.val(st, f, in, in.args[0])) == goOn
	case skeleton.WgAdd:
		out, _ := m.wgAdd(st, i, in, m.val(st, f, in, in.args[0]), m.val(st, f, in, in.args[1]))
		return out == goOn
	case skeleton.Branch, skeleton.Spawn:
		// A pause ends: the instruction itself runs with the next advance.
	default: // WgWait, CondPark, Yield
		st.top(i).pc++
	}
	return true
}

func (m *machine) performChan(st *state, t trans, in *instr) bool {
	i := t.g
	if t.act == actContinue {
		st.top(i).pc++
		return true
	}
	if t.act == actDefault {
		st.setReg(i, in, m.selected(st, in, -1, falseVal, value{}))
		return true
	}
	var buf [4]port
	var p port
	for _, q := range m.ports(st, i, buf[:0]) {
		if q.cas == t.cas {
			p = q
		}
	}
	if p.send {
		val := m.raw(st, st.peek(i), in, p.val)
		switch t.act {
		case actEnv:
			m.escape(st, val, skeleton.EscapeAll)
		case actRendezvous:
			m.receive(st, t.partner, t.pcas, val, trueValue)
		default:
			o := st.heap[p.ch.a]
			if o.assumed {
				return false // somebody else has not closed it, then
			}
			if o.closed {
				m.fail(st, i, SendClosed)
				m.blameCase(st, i, p)
				return true
			}
			o = st.obj(p.ch.a)
			o.cells = append(o.cells, val)
		}
		m.sent(st, i, in, t.cas)
		return true
	}
	o := st.channel(p.ch)
	switch {
	case t.act == actEnv && o == nil && st.onlyCloses(p):
		st.closeUnknown(p.ch, in, true)
		m.receive(st, i, t.cas, zeroOf(orOpaque(p.layout)), falseVal)
	case t.act == actEnv && o == nil:
		m.receive(st, i, t.cas, st.fresh(orOpaque(p.layout), in), st.open(p.ch, in))
	case t.act == actEnv:
		m.receiveEnv(st, i, t.cas, o, p, in)
	case len(o.cells) > 0:
		v := o.cells[0]
		st.obj(p.ch.a).cells = append([]value(nil), o.cells[1:]...)
		m.receive(st, i, t.cas, v, trueValue)
	default:
		m.receive(st, i, t.cas, zeroOf(orOpaque(p.layout)), falseVal)
	}
	return true
}

// receiveEnv receives what the environment sends, or finds that it closed the channel.
func (m *machine) receiveEnv(st *state, i, cas int, o *object, p port, in *instr) {
	v, ok := st.fresh(orOpaque(p.layout), in), trueValue
	switch {
	case o.env&envSend == 0 || o.shut:
		// Only a close can end this receive.
		m.cancel(st, p.ch.a)
		st.obj(p.ch.a).assumed = true
		v, ok = zeroOf(orOpaque(p.layout)), falseVal
	case o.env&envClose != 0:
		ok = st.newSym('b', in)
	}
	m.receive(st, i, cas, v, ok)
}

// blameCase has the panic of goroutine i speak of the case of a select alone.
func (m *machine) blameCase(st *state, i int, p port) {
	if c := st.gs[i].crash; p.cas >= 0 && !c.g.Inside && c.kind == SendClosed && len(c.g.Waits) > p.cas {
		c.g.Waits = c.g.Waits[p.cas : p.cas+1]
	}
}

func orOpaque(layout string) string {
	if layout == "" {
		return "o"
	}
	return layout
}

// sent completes a send, or a select that sent.
func (m *machine) sent(st *state, i int, in *instr, cas int) {
	if in.Op == skeleton.Select {
		st.setReg(i, in, m.selected(st, in, cas, falseVal, value{}))
		return
	}
	st.top(i).pc++
}

// receive completes a receive of goroutine i with a value.
func (m *machine) receive(st *state, i, cas int, v, ok value) {
	f := st.peek(i)
	in := &f.fn.code[f.pc]
	switch in.Op {
	case skeleton.Recv:
		st.setReg(i, in, v)
	case skeleton.Recv2:
		cells := append([]value(nil), cellsOf(v, len(orOpaque(in.Layout)))...)
		st.setReg(i, in, aggValue(append(cells, ok)))
	default:
		st.setReg(i, in, m.selected(st, in, cas, ok, v))
	}
}

// selected is the result of a select: index, ok, and the received values of
// all receive cases in turn, zero but for the one that was taken.
func (m *machine) selected(st *state, in *instr, cas int, ok, v value) value {
	cells := []value{intValue(cas), ok}
	for n := range in.cases {
		c := &in.cases[n]
		if c.Send {
			continue
		}
		layout := orOpaque(c.Layout)
		if n == cas {
			cells = append(cells, cellsOf(v, len(layout))...)
		} else {
			cells = append(cells, cellsOf(zeroOf(layout), len(layout))...)
		}
	}
	return aggValue(cells)
}

func (m *machine) performClose(st *state, i int, in *instr) bool {
	v := m.val(st, st.peek(i), in, in.args[0])
	if v.k == vNil {
		m.fail(st, i, CloseNil)
		return true
	}
	if v.k == vSym {
		st.closeUnknown(v, in, false)
		st.top(i).pc++
		return true
	}
	o := st.channel(v)
	if o == nil {
		st.top(i).pc++
		return true
	}
	if o.assumed {
		return false // somebody else has not closed it, then
	}
	if o.closed {
		m.fail(st, i, CloseClosed)
		return true
	}
	st.obj(v.a).closed = true
	for _, l := range o.links {
		m.cancel(st, l)
	}
	st.top(i).pc++
	return true
}

func (m *machine) performLock(st *state, t trans, in *instr) bool {
	i := t.g
	if t.act == actAnnounce {
		st.own(i).announced = true
		return true
	}
	ref, ok := m.address(st, m.val(st, st.peek(i), in, in.args[0]), in)
	if !ok {
		return false
	}
	try := in.Op == skeleton.TryLock || in.Op == skeleton.TryRLock
	write := in.Op == skeleton.Lock || in.Op == skeleton.TryLock
	v := st.heap[ref.a].get(ref.b)
	if v.k != vMutex && v.k != vRW {
		// A cell of the environment: what it is shows with the first use.
		v = value{k: vMutex}
		if !write || in.Method == "rw" {
			v = value{k: vRW}
		}
	}
	id := st.gs[i].id
	if try && !m.tryFree(st, i, in, v, write) {
		st.setReg(i, in, falseVal)
		return true
	}
	if write {
		v.a = id + 1
	} else {
		v.p = insertSorted(v.parts(), id)
	}
	st.obj(ref.a).set(ref.b, v, 0)
	g := st.own(i)
	g.announced = false
	if try {
		st.setReg(i, in, trueValue)
	} else {
		st.top(i).pc++
	}
	return true
}

func (m *machine) tryFree(st *state, i int, in *instr, v value, write bool) bool {
	if v.a != 0 {
		return false
	}
	if v.k == vMutex {
		return true
	}
	return m.announced(st, i, in) < 0 && (!write || len(v.parts()) == 0)
}

func (m *machine) performCond(st *state, i int, in *instr) bool {
	ref, ok := m.address(st, m.val(st, st.peek(i), in, in.args[0]), in)
	if !ok {
		return false
	}
	v := st.heap[ref.a].get(ref.b)
	if v.k != vCond {
		v = value{k: vCond}
	}
	waiting := v.parts()
	switch in.Op {
	case skeleton.CondAdd:
		list := append(append([]value(nil), waiting...), value{k: vInt, a: st.gs[i].id})
		v.p = &list
	case skeleton.Signal:
		if len(waiting) > 0 {
			v.p = without(waiting, waiting[0].a)
		}
	case skeleton.Broadcast:
		v.p = nil
	}
	st.obj(ref.a).set(ref.b, v, 0)
	st.top(i).pc++
	return true
}
