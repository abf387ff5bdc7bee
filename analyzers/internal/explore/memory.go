package explore

import (
	"slices"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// load reads the cells of a layout; a cell that nobody read before becomes an
// unknown that stays.
func (m *machine) load(st *state, at value, layout string, in *instr) value {
	if len(layout) <= 1 {
		letter := byte('o')
		if layout != "" {
			letter = layout[0]
		}
		return m.loadCell(st, at.a, at.b, letter, in.place(0), in)
	}
	cells := make([]value, len(layout))
	for i := range cells {
		cells[i] = m.loadCell(st, at.a, at.b+int32(i), layout[i], in.place(i), in)
	}
	return aggValue(cells)
}

func (m *machine) loadCell(st *state, obj, off int32, letter byte, place int32, in *instr) value {
	v := st.heap[obj].get(off)
	if v.k == vUnset {
		if z := zeroCell(letter); isLock(z.k) {
			v = z
		} else {
			was := v
			v = st.newSym(letter, in)
			s := &st.syms[v.a]
			// What was made here is nobody's input: others that came by it have set it.
			s.forgot, s.uncalled, s.outcome = was == forgotten, was == uncalled, !st.heap[obj].sparse
			if was.a == replaced(0).a {
				s.before = was.b + 1
			}
		}
		st.obj(obj).set(off, v, place)
	}
	return v
}

// store stores cells. What the environment gets of a channel that goes into
// an object of its own is what the instruction's Tag says, anything if that is empty.
func (m *machine) store(st *state, at, v value, width int, in *instr) {
	o := st.obj(at.a)
	for i, c := range cellsOf(v, width) {
		if was := o.get(at.b + int32(i)); isLock(was.k) && !isLock(c.k) {
			c = value{k: was.k} // a composite literal leaves the lock out
		}
		o.set(at.b+int32(i), c, in.place(i))
	}
	if o.env&envAll == 0 {
		m.lendStored(st, o, v)
		return
	}
	mode := byte(0)
	if in.Tag != "" {
		mode = in.Tag[0]
	}
	if v = m.escapeFrom(st, v, mode); v.k == vRef && st.heap[v.a].env&envNear == 0 {
		st.obj(v.a).env |= envNear
	}
}

// escape gives a value to the environment in a mode. Objects that it can reach
// in mode EscapeAll are its own from now on: their cells are unknown when they
// are next read (locks keep their state: only the holder releases).
func (m *machine) escape(st *state, v value, mode byte) {
	if mode == skeleton.EscapeNone {
		return
	}
	v = st.resolve(v)
	switch v.k {
	case vRef:
		m.escapeObject(st, v.a, mode)
	case vFunc:
		m.escapeFunc(st, v)
	case vSlice:
		if p := v.parts(); len(p) > 3 {
			m.escapeCells(st, p[0], p[2].a*p[3].a)
			return
		}
		m.escape(st, v.parts()[0], mode)
	case vAgg, vIface:
		for _, part := range v.parts() {
			m.escape(st, part, mode)
		}
	}
}

// escapeCells gives the environment some cells of an object: an array in a struct
// of which it gets a slice, but not the struct.
func (m *machine) escapeCells(st *state, from value, n int32) {
	for k := range n {
		held := st.heap[from.a].get(from.b + k)
		if held.k == vUnset || isLock(held.k) {
			continue
		}
		st.obj(from.a).set(from.b+k, value{}, 0)
		m.escape(st, held, skeleton.EscapeAll)
	}
}

func (m *machine) escapeObject(st *state, n int32, mode byte) {
	o := st.heap[n]
	if o.kind == oChan {
		bits := envSend | envRecv | envClose | envAll
		switch mode {
		case skeleton.EscapeRecv:
			bits = envRecv
		case skeleton.EscapeSend:
			bits = envSend | envClose
		}
		if o.env&bits == bits {
			return
		}
		o = st.obj(n)
		o.env |= bits
		if bits&envAll != 0 {
			held := o.cells
			o.cells = nil
			for _, v := range held {
				m.escape(st, v, skeleton.EscapeAll)
			}
		}
		return
	}
	if mode == skeleton.EscapeShow {
		m.show(st, n)
		return
	}
	m.escapeAll(st, n)
}

// escapeAll gives the environment an object that is no channel, and what it leads
// to. What is in cells of steady places stays (see extract's steady fields), but
// goes with it.
func (m *machine) escapeAll(st *state, n int32) {
	if slices.Contains(m.escaping, n) {
		return
	}
	if len(m.escaping) == 0 {
		defer func() { m.escaping = m.escaping[:0] }()
	}
	m.escaping = append(m.escaping, n)
	o := st.heap[n]
	touched, steady := o.env&envAll == 0, false
	for i, v := range o.cells {
		switch {
		case v.k == vUnset || isLock(v.k):
		case m.steady(o, i) != 0:
			steady = true
		default:
			touched = true
		}
	}
	if !touched && !steady {
		return
	}
	held := append([]value(nil), o.cells...)
	if touched {
		o = st.obj(n)
		o.env |= envAll
		m.forget(st, o)
	}
	for i, v := range held {
		m.escapeFrom(st, v, m.steady(o, i))
	}
}

// steady is the mode of the place of an object's cell number i if that is steady, 0 otherwise.
func (m *machine) steady(o *object, i int) byte {
	if o.kind != oCells {
		return 0
	}
	return m.reads.steady(o.place(i))
}

// forget makes unknown what is in an object, but for what is in steady places.
func (m *machine) forget(st *state, o *object) {
	if o.kind == oMap {
		o.cells = nil
		return
	}
	for i, v := range o.cells {
		if isLock(v.k) || m.steady(o, i) != 0 {
			continue
		}
		switch v = st.resolve(v); {
		case v.k == vBool, v.k == vInt, v == forgotten:
			o.cells[i] = forgotten
		default:
			o.cells[i] = value{}
			if n, ok := st.knownLength(v); ok {
				o.cells[i] = replaced(n)
			}
		}
	}
}

// escapeFrom gives the environment what a cell holds, a channel by a mode. It
// returns a channel that it gave by less than all. By EscapeNone it gives nothing.
func (m *machine) escapeFrom(st *state, v value, mode byte) (part value) {
	if v = st.resolve(v); mode != 0 && mode != skeleton.EscapeAll && v.k == vRef && st.heap[v.a].kind == oChan {
		m.escape(st, v, mode)
		return v
	}
	if mode != skeleton.EscapeNone {
		m.escape(st, v, skeleton.EscapeAll)
	}
	return value{}
}

// show gives the environment an object as it is, with all that it leads to.
func (m *machine) show(st *state, n int32) {
	if st.heap[n].env&envAll != 0 {
		return
	}
	o := st.obj(n)
	o.env |= envAll
	for _, v := range append([]value(nil), o.cells...) {
		m.escape(st, v, skeleton.EscapeShow)
	}
}

// aboutForgotten reports whether a symbol is what was read of a cell after others
// came by it, or is computed from that.
func (st *state) aboutForgotten(n int32, depth int) bool {
	s := &st.syms[n]
	if s.forgot || depth == 0 {
		return s.forgot
	}
	for _, v := range []value{s.x, s.y} {
		if s.op != opNone && v.k == vSym && st.aboutForgotten(v.a, depth-1) {
			return true
		}
	}
	return false
}

// knownLength is the length of a slice or a map if that is known.
func (st *state) knownLength(v value) (n int32, ok bool) {
	switch v.k {
	case vUnset:
		return v.b, v.a == replaced(0).a
	case vSlice:
		n := st.resolve(v.parts()[1])
		return n.a, n.k == vInt
	case vSym:
		for i := range st.syms {
			if s := &st.syms[i]; s.op == opLen && sameValue(s.x, v) {
				return s.bound.a, s.bound.k == vInt
			}
		}
	}
	return 0, false
}

// countsAgain reports whether a symbol is the length of what was read of a cell after
// others came by it, and a value another length than before.
func (st *state) countsAgain(n int32, v value) bool {
	s := &st.syms[n]
	if s.op != opLen || s.x.k != vSym {
		return false
	}
	before := st.syms[s.x.a].before
	return before != 0 && v.k == vInt && v.a != before-1
}

// link2 makes channel child be cancelled with parent.
func (m *machine) link2(st *state, parent, child value) {
	if child.k != vRef || st.heap[child.a].kind != oChan {
		return
	}
	switch parent.k {
	case vNil:
	case vRef:
		p := st.heap[parent.a]
		if p.kind != oChan {
			return
		}
		if p.closed {
			m.cancel(st, child.a)
			return
		}
		if bits := p.env & (envClose | envAll); bits != 0 {
			st.obj(child.a).env |= envClose
		}
		st.obj(child.a).env |= p.env & envNear
		o := st.obj(parent.a)
		o.links = append(o.links, child.a)
	default:
		st.obj(child.a).env |= envClose
	}
}

// cancel closes a channel unless it is closed, and what is linked below it.
func (m *machine) cancel(st *state, n int32) {
	if st.heap[n].closed {
		return
	}
	o := st.obj(n)
	o.closed = true
	links := o.links
	o.links = nil
	for _, l := range links {
		m.cancel(st, l)
	}
}
