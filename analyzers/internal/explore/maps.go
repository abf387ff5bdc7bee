package explore

import "github.com/concheck/concheck/analyzers/internal/skeleton"

// Maps, as lists of their entries in the order of insertion.

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
	if known && (in.Op == skeleton.MapGet || in.Op == skeleton.MapSet) && len(st.heap[mv.a].cells) > 0 && st.heap[mv.a].width != width {
		known = false // a conversion that the extractor could not see through
	}
	switch in.Op {
	case skeleton.MapGet:
		absent := func() (outcome, *ask) {
			return done(aggValue(append(append([]value(nil), cellsOf(zeroOf(in.Layout), int(width))...), falseVal)))
		}
		if key := arg(1); mv.k == vNil || !known && (key.k == vRef && st.heap[key.a].env == 0 || st.isGone(mv, key)) {
			return absent() // what the environment does not know is no key of its maps
		}
		if !known {
			if key := arg(1); st.isKeyOf(key, mv) {
				return done(aggValue(append(st.kept(key, in.Layout, in), trueValue)))
			}
			ok := st.newSym('b', in)
			return done(aggValue(append(append([]value(nil), cellsOf(st.fresh(in.Layout, in), int(width))...), ok)))
		}
		at, a := m.find(st, mv.a, arg(1), in)
		if a != nil {
			return goOn, a
		}
		if at < 0 {
			return absent()
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
			m.escape(st, arg(1), skeleton.EscapeAll)
			m.escape(st, v, skeleton.EscapeAll)
			st.stored(mv, arg(1))
			st.changed(mv)
			st.top(i).pc++
			return goOn, nil
		}
		key := arg(1)
		at, a := m.find(st, mv.a, key, in)
		if a != nil {
			return goOn, a
		}
		o := st.obj(mv.a)
		for _, x := range []value{key, v} {
			m.lendStored(st, o, x)
		}
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
				o.cells = append(o.cells[:at], o.cells[at+1+o.width:]...)
				st.removed(mv.a, at, 1+o.width)
			}
		} else {
			m.escape(st, mv, skeleton.EscapeAll)
			st.deleted(mv, arg(1), in)
			st.changed(mv)
		}
		st.top(i).pc++
		return goOn, nil
	case skeleton.MapIter:
		return done(refValue(st.newObject(object{kind: oIter, cells: []value{mv, {k: vInt}}}), 0))
	}
	return m.mapNext(st, i, in, mv)
}

// removed keeps the iterators over a map at the entry that they come to next when
// cells of the map are gone: who deletes what a loop has seen misses nothing.
func (st *state) removed(n, at, cells int32) {
	for i, o := range st.heap {
		if o == nil || o.kind != oIter || o.cells[1].a <= at {
			continue
		}
		if over := st.resolve(o.cells[0]); over.k == vRef && over.a == n {
			st.obj(int32(i)).cells[1].a -= cells
		}
	}
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
	if len(o.cells) == 2 {
		// What changes the map meanwhile does not change how many rounds are left.
		n := m.length(st, mv, in)
		o = st.obj(it.a)
		o.cells = append(o.cells, n)
	}
	n := st.resolve(o.cells[2])
	if a := st.wantInt(n); a != nil {
		return goOn, a
	}
	n = st.resolve(n)
	var key value
	for gone := true; gone; pos++ {
		if n.k == vInt && pos >= n.a {
			return end()
		}
		key = st.expr(layout[0], opMapKey, 0, mv, value{k: vInt, a: pos}, in)
		gone = st.isGone(mv, st.resolve(key))
	}
	st.obj(it.a).cells[1].a = pos
	entry := []value{trueValue, key}
	if st.isKeyOf(key, mv) && len(layout) > 1 {
		entry = append(entry, st.kept(key, layout[1:], in)...)
	} else {
		entry = append(entry, cellsOf(st.fresh(layout[1:], in), len(layout)-1)...)
	}
	st.setReg(i, in, aggValue(entry))
	return goOn, nil
}
