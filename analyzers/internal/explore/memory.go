package explore

import "github.com/concheck/concheck/analyzers/internal/skeleton"

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
			v = st.newSym(letter, in)
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
		return
	}
	if v = st.resolve(v); in.Tag != "" && v.k == vRef && st.heap[v.a].kind == oChan {
		m.escape(st, v, in.Tag[0])
		st.obj(v.a).env |= envNear
		return
	}
	m.escape(st, v, skeleton.EscapeAll)
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
	case vAgg, vSlice, vIface, vFunc:
		for _, part := range v.parts() {
			m.escape(st, part, mode)
		}
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
	if o.env&envAll != 0 {
		untouched := true
		for _, v := range o.cells {
			if v.k != vUnset && !isLock(v.k) {
				untouched = false
			}
		}
		if untouched {
			return
		}
	}
	o = st.obj(n)
	o.env |= envAll
	held := append([]value(nil), o.cells...)
	switch o.kind {
	case oMap:
		o.cells = nil
	case oCells:
		for i, v := range o.cells {
			if !isLock(v.k) {
				o.cells[i] = value{}
			}
		}
	}
	for _, v := range held {
		m.escape(st, v, skeleton.EscapeAll)
	}
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

// slice executes the operations on slices. A known slice is a reference to its
// first element, a length and a capacity; an unknown one is a symbol whose
// length and elements are expressions over it.
func (m *machine) slice(st *state, i int, in *instr) (outcome, *ask) {
	f := st.peek(i)
	arg := func(n int) value { return m.val(st, f, in, in.args[n]) }
	done := func(v value) (outcome, *ask) {
		st.setReg(i, in, v)
		return goOn, nil
	}
	width := int32(max(len(in.Layout), 1))
	switch in.Op {
	case skeleton.Len, skeleton.Cap:
		return done(m.length(st, arg(0), in))
	case skeleton.MakeSlice:
		n, c := arg(0), arg(1)
		if a := st.wantInt(n); a != nil {
			return goOn, a
		}
		if a := st.wantInt(c); a != nil {
			return goOn, a
		}
		if n.k != vInt || n.a < 0 {
			return cut, nil
		}
		if n.a > maxElems {
			return done(st.sliceOf(n, in)) // of the elements nothing is known
		}
		return done(m.newSlice(st, nil, n.a, in))
	case skeleton.SliceAt:
		s, at := arg(0), arg(1)
		switch s.k {
		case vSlice:
			if a := st.wantInt(at); a != nil {
				return goOn, a
			}
			p := s.parts()
			if at.k != vInt || at.a < 0 || at.a >= p[1].a {
				return cut, nil
			}
			return done(refValue(p[0].a, p[0].b+at.a*width))
		case vNil:
			return cut, nil
		}
		return done(st.expr('p', opElemAddr, 0, s, at, in))
	case skeleton.Slice:
		return m.reslice(st, i, in, width)
	case skeleton.Append:
		return m.appendTo(st, i, in)
	}
	// CopySlice: what is copied is found again only where both are known.
	dst, src := arg(0), arg(1)
	if dst.k != vSlice || src.k != vSlice {
		m.escapeElems(st, src)
		return done(st.newSym('u', in))
	}
	n := min(dst.parts()[1].a, src.parts()[1].a)
	for k := int32(0); k < n*width; k++ {
		v := st.heap[src.parts()[0].a].get(src.parts()[0].b + k)
		at := dst.parts()[0]
		m.store(st, refValue(at.a, at.b+k), v, 1, in)
	}
	return done(intValue(int(n)))
}

// maxElems is the length up to which slices and maps are known element by element.
const maxElems = 64

func (m *machine) length(st *state, v value, in *instr) value {
	switch v.k {
	case vSlice:
		if in.Op == skeleton.Cap {
			return v.parts()[2]
		}
		return v.parts()[1]
	case vNil:
		return intValue(0)
	case vStr:
		return intValue(len(m.strText[v.a]))
	case vRef:
		switch o := st.heap[v.a]; {
		case o.env&envAll != 0 && o.kind != oCells:
			return st.newSym('u', in)
		case o.kind == oChan && in.Op == skeleton.Cap:
			return intValue(int(o.cap))
		case o.kind == oChan:
			return intValue(len(o.cells))
		case o.kind == oMap:
			return intValue(len(o.cells) / int(o.width+1))
		}
	}
	return st.expr('u', opLen, 0, v, value{}, in)
}

// newSlice makes a slice of n zero elements after the given cells.
func (m *machine) newSlice(st *state, cells []value, n int32, in *instr) value {
	layout := in.Layout
	if layout == "" {
		layout = "o"
	}
	all := make([]value, 0, len(cells)+int(n)*len(layout))
	all = append(all, cells...)
	for range n {
		for k := range layout {
			all = append(all, zeroCell(layout[k]))
		}
	}
	count := int32(len(all) / len(layout))
	obj := st.newObject(object{kind: oCells, cells: all, made: in.Pos, name: in.Name})
	parts := []value{refValue(obj, 0), {k: vInt, a: count}, {k: vInt, a: count}}
	return value{k: vSlice, p: &parts}
}

// reslice executes A[B:C].
func (m *machine) reslice(st *state, i int, in *instr, width int32) (outcome, *ask) {
	f := st.peek(i)
	s := m.val(st, f, in, in.args[0])
	lo, hi := m.val(st, f, in, in.args[1]), m.val(st, f, in, in.args[2])
	if in.N == 1 {
		ref, ok := m.address(st, s, in)
		if !ok {
			return cut, nil
		}
		parts := []value{ref, {k: vInt, a: in.M}, {k: vInt, a: in.M}}
		s = value{k: vSlice, p: &parts}
	}
	if s.k == vNil {
		st.setReg(i, in, nilValue)
		return goOn, nil
	}
	if s.k != vSlice {
		if lo.k == vNil && hi.k == vNil {
			st.setReg(i, in, s)
			return goOn, nil
		}
		if lo.k == vNil {
			lo = intValue(0)
		}
		if hi.k == vNil {
			hi = st.lengthOf(s, in)
		}
		st.setReg(i, in, st.sliceOf(st.number(opSub, hi, lo, in), in))
		return goOn, nil
	}
	p := s.parts()
	from, to := int32(0), p[1].a
	for _, b := range []struct {
		v  value
		at *int32
	}{{lo, &from}, {hi, &to}} {
		if b.v.k == vNil {
			continue
		}
		if a := st.wantInt(b.v, int(p[1].a)); a != nil {
			return goOn, a
		}
		if b.v.k != vInt {
			return cut, nil
		}
		*b.at = b.v.a
	}
	if from < 0 || to < from || to > p[2].a {
		return cut, nil
	}
	parts := []value{refValue(p[0].a, p[0].b+from*width), {k: vInt, a: to - from}, {k: vInt, a: p[2].a - from}}
	st.setReg(i, in, value{k: vSlice, p: &parts})
	return goOn, nil
}

// appendTo executes append. The result is always a new array: sharing of
// capacity between slices is ignored.
func (m *machine) appendTo(st *state, i int, in *instr) (outcome, *ask) {
	f := st.peek(i)
	a, b := m.val(st, f, in, in.args[0]), m.val(st, f, in, in.args[1])
	if (a.k != vNil && a.k != vSlice) || (b.k != vNil && b.k != vSlice) {
		// Part of the result is unknown: so is where its elements went.
		m.escapeElems(st, a)
		m.escapeElems(st, b)
		st.setReg(i, in, st.sliceOf(st.number(opAdd, st.lengthOf(a, in), st.lengthOf(b, in), in), in))
		return goOn, nil
	}
	cells := append(m.elems(st, a, in), m.elems(st, b, in)...)
	if len(cells) > maxElems*max(len(in.Layout), 1) {
		m.escapeElems(st, a)
		m.escapeElems(st, b)
		st.setReg(i, in, st.newSym('p', in))
		return goOn, nil
	}
	if len(cells) == 0 {
		st.setReg(i, in, a)
		return goOn, nil
	}
	st.setReg(i, in, m.newSlice(st, cells, 0, in))
	return goOn, nil
}

// sliceOf is a slice of which only the length is known: a number or an
// expression over what is unknown.
func (st *state) sliceOf(length value, in *instr) value {
	v := st.newSym('p', in)
	n := st.expr('u', opLen, 0, v, value{}, in)
	st.syms[n.a].bound = length
	return v
}

// lengthOf is the length of a slice.
func (st *state) lengthOf(s value, in *instr) value {
	switch s.k {
	case vSlice:
		return st.resolve(s.parts()[1])
	case vNil:
		return intValue(0)
	}
	return st.resolve(st.expr('u', opLen, 0, s, value{}, in))
}

// number computes with two numbers, or makes the expression of it.
func (st *state) number(op uint8, x, y value, in *instr) value {
	if x.k == vInt && y.k == vInt {
		if v, ok := arith(op, int(x.a), int(y.a)); ok {
			return v
		}
	}
	return st.expr('u', op, 0, x, y, in)
}

func (m *machine) elems(st *state, s value, in *instr) []value {
	if s.k != vSlice {
		return nil
	}
	width := int32(max(len(in.Layout), 1))
	p := s.parts()
	var cells []value
	for k := int32(0); k < p[1].a*width; k++ {
		letter := byte('o')
		if in.Layout != "" {
			letter = in.Layout[k%width]
		}
		cells = append(cells, m.loadCell(st, p[0].a, p[0].b+k, letter, 0, in))
	}
	return cells
}

func (m *machine) escapeElems(st *state, s value) {
	if s.k == vSlice {
		m.escape(st, s, skeleton.EscapeAll)
	}
}

// mapOp executes the operations on maps. A known map is a list of entries in
// the order of insertion; in a map of the environment nothing is known.
func (m *machine) mapOp(st *state, i int, in *instr) (outcome, *ask) {
	f := st.peek(i)
	arg := func(n int) value { return m.val(st, f, in, in.args[n]) }
	done := func(v value) (outcome, *ask) {
		st.setReg(i, in, v)
		return goOn, nil
	}
	width := int32(max(len(in.Layout), 1))
	if in.Op == skeleton.MakeMap {
		return done(refValue(st.newObject(object{kind: oMap, width: width, made: in.Pos, name: in.Name}), 0))
	}
	mv := arg(0)
	known := mv.k == vRef && st.heap[mv.a].kind == oMap && st.heap[mv.a].env&envAll == 0
	switch in.Op {
	case skeleton.MapGet:
		if mv.k == vNil {
			return done(aggValue(append(append([]value(nil), cellsOf(zeroOf(in.Layout), int(width))...), falseVal)))
		}
		if !known {
			ok := st.newSym('b', in)
			return done(aggValue(append(append([]value(nil), cellsOf(st.fresh(in.Layout, in), int(width))...), ok)))
		}
		at, a := m.find(st, mv.a, arg(1), in)
		if a != nil {
			return goOn, a
		}
		if at < 0 {
			return done(aggValue(append(append([]value(nil), cellsOf(zeroOf(in.Layout), int(width))...), falseVal)))
		}
		cells := append([]value(nil), st.heap[mv.a].cells[at+1:at+1+width]...)
		return done(aggValue(append(cells, trueValue)))
	case skeleton.MapSet:
		if mv.k == vNil {
			return cut, nil
		}
		v := arg(2)
		if !known || len(st.heap[mv.a].cells) > int(maxElems*(width+1)) {
			m.escape(st, mv, skeleton.EscapeAll)
			m.escape(st, v, skeleton.EscapeAll)
			st.top(i).pc++
			return goOn, nil
		}
		key := arg(1)
		at, a := m.find(st, mv.a, key, in)
		if a != nil {
			return goOn, a
		}
		o := st.obj(mv.a)
		o.width = width
		if at < 0 {
			o.cells = append(append(o.cells, key), cellsOf(v, int(width))...)
		} else {
			copy(o.cells[at+1:], cellsOf(v, int(width)))
		}
		st.top(i).pc++
		return goOn, nil
	case skeleton.MapDel:
		if known {
			at, a := m.find(st, mv.a, arg(1), in)
			if a != nil {
				return goOn, a
			}
			if at >= 0 {
				o := st.obj(mv.a)
				o.cells = append(o.cells[:at], o.cells[at+1+width:]...)
			}
		}
		st.top(i).pc++
		return goOn, nil
	case skeleton.MapIter:
		return done(refValue(st.newObject(object{kind: oIter, cells: []value{mv, {k: vInt}}}), 0))
	}
	return m.mapNext(st, i, in, mv)
}

// find looks a key up: the cell of its entry, -1 if it is not there, or what
// must be decided to know.
func (m *machine) find(st *state, n int32, key value, in *instr) (int32, *ask) {
	o := st.heap[n]
	for at := int32(0); at < int32(len(o.cells)); at += o.width + 1 {
		k := st.resolve(o.cells[at])
		eq, ok := st.equal(k, key)
		if !ok {
			e := st.expr('b', opEq, 0, k, key, in)
			if a := st.wantBool(e); a != nil {
				return 0, a
			}
			eq = st.resolve(e)
		}
		if eq.a != 0 {
			return at, nil
		}
	}
	return -1, nil
}

func (m *machine) mapNext(st *state, i int, in *instr, it value) (outcome, *ask) {
	if it.k != vRef || st.heap[it.a].kind != oIter {
		return cut, nil
	}
	o := st.heap[it.a]
	mv, pos := st.resolve(o.cells[0]), o.cells[1].a
	layout := in.Layout
	if layout == "" {
		layout = "oo"
	}
	end := func() (outcome, *ask) {
		st.setReg(i, in, aggValue(append([]value{falseVal}, cellsOf(zeroOf(layout), len(layout))...)))
		return goOn, nil
	}
	switch {
	case mv.k == vNil:
		return end()
	case mv.k == vRef && st.heap[mv.a].kind == oMap && st.heap[mv.a].env&envAll == 0:
		m := st.heap[mv.a]
		if int(pos) >= len(m.cells) {
			return end()
		}
		entry := append([]value{trueValue}, m.cells[pos:pos+m.width+1]...)
		for len(entry) < len(layout)+1 {
			entry = append(entry, st.newSym('p', in))
		}
		st.obj(it.a).cells[1].a = pos + m.width + 1
		st.setReg(i, in, aggValue(entry))
		return goOn, nil
	}
	n := m.length(st, mv, in)
	if mv.k == vRef {
		n = st.expr('u', opLen, 0, mv, value{}, in)
	}
	if a := st.wantInt(n); a != nil {
		return goOn, a
	}
	if n = st.resolve(n); n.k == vInt && pos >= n.a {
		return end()
	}
	st.obj(it.a).cells[1].a = pos + 1
	entry := append([]value{trueValue}, cellsOf(st.fresh(layout, in), len(layout))...)
	entry[1] = st.expr(layout[0], opMapKey, 0, mv, value{k: vInt, a: pos}, in)
	st.setReg(i, in, aggValue(entry))
	return goOn, nil
}
