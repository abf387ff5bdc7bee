package explore

import "github.com/concheck/concheck/analyzers/internal/skeleton"

// Slices: windows of known elements, or of known length only. Over the bound on
// elements a slice is an unknown.

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
		case o.env&envAll != 0 && o.kind == oMap:
			// It stays, until the map changes or the environment gets it anew.
			if len(o.cells) == 0 {
				o = st.obj(v.a)
				o.cells = []value{st.newSym('u', in)}
			}
			return st.resolve(o.cells[0])
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
	if in.Tag == skeleton.Queued {
		return st.newSym('u', in)
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
		if o := st.heap[ref.a]; ref.b != 0 || o.sparse || len(o.cells) > int(in.M*width) {
			parts = append(parts, value{k: vInt, a: width}) // of an array within something else
		}
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
	parts = append(parts, p[3:]...)
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
