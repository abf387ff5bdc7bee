package oracle

import (
	"slices"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// memory does an operation on objects; ok is false where it panics.
func (r *run) memory(in *skeleton.Instr, args []value) (v value, ok bool) {
	width := len(in.Layout)
	switch in.Op {
	case skeleton.Alloc:
		p := ref{obj: r.s.newObject(object{kind: 'c', cells: flat(zero(in.Layout))})}
		r.noteSteady(p, in)
		return p, true
	case skeleton.Field:
		p, ok := r.pointer(args[0])
		p.off += int(in.N)
		return p, ok
	case skeleton.Index:
		p, ok := r.pointer(args[0])
		i := r.integer(args[1])
		if !ok || i < 0 || i >= int64(in.N) {
			return nil, false
		}
		p.off += int(i) * int(in.M)
		return p, true
	case skeleton.Load:
		p, ok := r.pointer(args[0])
		if !ok {
			return nil, false
		}
		r.noteSteady(p, in)
		return r.load(p, in.Layout), true
	case skeleton.Store:
		p, ok := r.pointer(args[0])
		if ok {
			r.noteSteady(p, in)
			r.store(p, in.Layout, args[1])
		}
		return nil, ok
	case skeleton.MakeSlice:
		n, c := r.integer(args[0]), r.integer(args[1])
		if n < 0 || c < n {
			return nil, false
		}
		return r.newSlice(int(n), int(c), in.Layout), true
	case skeleton.SliceAt:
		s, isSlice := args[0].(slice)
		if !isSlice {
			if u, isSym := args[0].(sym); isSym {
				return r.objectBehind(sym{letter: 'p', op: "at", a: u, b: args[1]}), true
			}
			return nil, false
		}
		i := r.integer(args[1])
		if i < 0 || i >= int64(s.len) {
			return nil, false
		}
		return ref{s.obj, s.off + int(i)*s.width}, true
	case skeleton.Slice:
		return r.reslice(in, args)
	case skeleton.Append:
		return r.appendSlice(args[0], args[1], in.Layout), true
	case skeleton.CopySlice:
		dst, ok1 := args[0].(slice)
		src, ok2 := args[1].(slice)
		if !ok1 || !ok2 {
			if args[0] == value(null{}) || args[1] == value(null{}) {
				return int64(0), true
			}
			return r.fresh("u"), true
		}
		n := min(dst.len, src.len)
		from := slices.Clone(r.s.heap[src.obj].cells[src.off : src.off+n*width])
		copy(r.s.heap[dst.obj].cells[dst.off:], from)
		return int64(n), true
	case skeleton.MakeMap:
		return ref{obj: r.s.newObject(object{kind: 'm'})}, true
	case skeleton.MapGet, skeleton.MapSet, skeleton.MapDel, skeleton.MapIter, skeleton.MapNext:
		return r.mapOp(in, args)
	case skeleton.MakeChan:
		n := r.integer(args[0])
		if n < 0 {
			return nil, false
		}
		return ref{obj: r.s.newObject(object{kind: 'h', cap: n})}, true
	case skeleton.EnvChan:
		return ref{obj: r.s.newObject(object{kind: 'h', cap: 1, timer: true})}, true
	case skeleton.Link:
		r.link(args[0], args[1])
		return nil, true
	case skeleton.Mark:
		if p, isRef := args[0].(ref); isRef {
			r.s.heap[p.obj].env = in.Tag
		}
		return nil, true
	}
	panic(abort{"no meaning for " + in.Op.String()})
}

// pointer gives the cell that v refers to; ok is false if it is nil.
func (r *run) pointer(v value) (p ref, ok bool) {
	switch v := v.(type) {
	case ref:
		return v, true
	case sym:
		return r.objectBehind(v), true
	case null:
		return ref{}, false
	}
	panic(abort{"dereference of what is no pointer"})
}

func (r *run) load(p ref, layout string) value {
	cells := make([]value, len(layout))
	for i := range cells {
		cells[i] = r.resolved(*r.cell(ref{p.obj, p.off + i}, layout[i]))
	}
	return bare(cells)
}

func (r *run) store(p ref, layout string, v value) {
	r.shared(r.s.heap[p.obj], v)
	for i, c := range fit(v, layout) {
		if isLock(layout[i]) && !holdsLock(c) {
			c = zeroCell(layout[i]) // the zero value that a lock is set to
		}
		*r.cell(ref{p.obj, p.off + i}, layout[i]) = c
	}
}

// cell is where the contents of a cell are kept. In what belongs to the
// environment a cell is unknown until it is first read; a lock is free.
func (r *run) cell(p ref, letter byte) *value {
	o := r.s.heap[p.obj]
	if o.kind != 'c' {
		panic(abort{"a channel or map has no cells"})
	}
	if !o.unknown {
		if p.off < 0 || p.off >= len(o.cells) {
			panic(abort{"a cell out of range"})
		}
		return &o.cells[p.off]
	}
	for len(o.cells) <= p.off {
		o.cells = append(o.cells, nil)
	}
	if o.cells[p.off] == nil {
		switch letter {
		case 'm', 'r', 'w', 'c':
			o.cells[p.off] = zeroCell(letter)
		default:
			o.cells[p.off] = r.fresh(string(letter))
		}
	}
	return &o.cells[p.off]
}

func (r *run) newSlice(n, c int, layout string) slice {
	if c > maxSlice {
		panic(abort{"a slice is too large"})
	}
	var cells []value
	for range c {
		cells = append(cells, flat(zero(layout))...)
	}
	return slice{obj: r.s.newObject(object{kind: 'c', cells: cells}), len: n, cap: c, width: len(layout)}
}

func (r *run) reslice(in *skeleton.Instr, args []value) (value, bool) {
	width := len(in.Layout)
	var s slice
	switch v := args[0].(type) {
	case slice:
		s = v
	case ref:
		s = slice{obj: v.obj, off: v.off, len: int(in.M), cap: int(in.M), width: width}
	case null:
		if in.N == 1 {
			return nil, false
		}
		return v, true
	default:
		return r.fresh("p"), true
	}
	low, high := int64(0), int64(s.len)
	if args[1] != value(null{}) {
		low = r.integer(args[1])
	}
	if args[2] != value(null{}) {
		high = r.integer(args[2])
	}
	if low < 0 || low > high || high > int64(s.cap) {
		return nil, false
	}
	s.off += int(low) * width
	s.len = int(high - low)
	s.cap -= int(low)
	return s, true
}

// appendSlice appends the elements of slice b to a; a fresh array is as long
// as need be.
func (r *run) appendSlice(a, b value, layout string) value {
	width := len(layout)
	s, isSlice := a.(slice)
	more, moreSlice := b.(slice)
	switch {
	case b == value(null{}):
		return a
	case moreSlice && !isSlice && a != value(null{}):
		// What stands in it is not known, but how many they are.
		r.escape(a, skeleton.EscapeAll)
		r.escape(b, skeleton.EscapeAll)
		return sym{letter: 'p', op: "append", a: a, b: int64(more.len)}
	case !moreSlice:
		r.escape(a, skeleton.EscapeAll)
		r.escape(b, skeleton.EscapeAll)
		return r.fresh("p")
	}
	from := slices.Clone(r.s.heap[more.obj].cells[more.off : more.off+more.len*width])
	if s.len+more.len > s.cap || !isSlice {
		grown := r.newSlice(s.len+more.len, s.len+more.len, layout)
		if isSlice {
			copy(r.s.heap[grown.obj].cells, r.s.heap[s.obj].cells[s.off:s.off+s.len*width])
		}
		copy(r.s.heap[grown.obj].cells[s.len*width:], from)
		return grown
	}
	copy(r.s.heap[s.obj].cells[s.off+s.len*width:], from)
	s.len += more.len
	return s
}

func (r *run) mapOp(in *skeleton.Instr, args []value) (value, bool) {
	var m *object
	p, isMap := args[0].(ref)
	if isMap {
		m = r.s.heap[p.obj]
	}
	at := -1
	if isMap && len(args) > 1 {
		at = r.find(m, args[1])
	}
	isNil := args[0] == value(null{})
	switch in.Op {
	case skeleton.MapGet:
		switch {
		case at >= 0:
			return agg(append(fit(m.vals[at], in.Layout), true)), true
		case isMap || isNil:
			return agg(append(fit(agg{}, in.Layout), false)), true
		}
		return agg(append(slices.Clone(flat(r.fresh(in.Layout))), r.fresh("b"))), true
	case skeleton.MapSet:
		switch {
		case isNil:
			return nil, false
		case !isMap:
			r.escapeAll(args[1:], nil)
			return nil, true
		case at >= 0:
			m.vals[at] = args[2]
		default:
			m.keys = append(m.keys, args[1])
			m.vals = append(m.vals, args[2])
		}
		r.shared(m, agg(args[1:]))
		return nil, true
	case skeleton.MapDel:
		if at >= 0 {
			m.keys = slices.Delete(m.keys, at, at+1)
			m.vals = slices.Delete(m.vals, at, at+1)
		}
		return nil, true
	case skeleton.MapIter:
		return r.newIter(args[0]), true
	}
	return r.mapNext(in, args[0])
}

// find looks for a key; one that is not known may be any of those that are there.
func (r *run) find(m *object, key value) int {
	return slices.IndexFunc(m.keys, func(k value) bool {
		eq, _ := r.binary("eq", r.resolved(k), r.resolved(key))
		return r.truth(eq)
	})
}

// newIter keeps how far the loop has come in an object of its own: its cells
// are the map and the count.
func (r *run) newIter(m value) value {
	return iter{obj: r.s.newObject(object{kind: 'c', cells: []value{m, int64(0)}})}
}

func (r *run) mapNext(in *skeleton.Instr, v value) (value, bool) {
	it, ok := v.(iter)
	if !ok {
		panic(abort{"not an iterator"})
	}
	state := r.s.heap[it.obj]
	over := agg(append([]value{false}, fit(agg{}, in.Layout)...))
	switch m := r.resolved(state.cells[0]).(type) {
	case ref:
		o := r.s.heap[m.obj]
		i := state.cells[1].(int64)
		if i >= int64(len(o.keys)) {
			return over, true
		}
		state.cells[1] = i + 1
		return append(agg{true, o.keys[i]}, fit(o.vals[i], in.Layout[1:])...), true
	case sym:
		return append(agg{r.fresh("b")}, flat(r.fresh(in.Layout))...), true
	}
	return over, true
}
