package explore

// Which cells a state's key leaves out.
//
// Dead cells: no code that may still run loads from their place (see reads.go).
// Only plain data is left out; what leads to channels, locks and functions that
// somebody may wait for, or that assign to variables, stays: who can reach it counts.
//
// Fresh cells: cells of the environment that hold an unknown which nothing else
// holds and on which nothing was decided. Reading them for the first time gives
// the same.

// lateCell is a cell whose turn comes when all live code and symbols are known.
type lateCell struct {
	obj, at int32
	place   int32
	fresh   bool
	done    bool
	v       value
}

// memory writes the objects that were met, and those met on the way.
func (e *encoder) memory() {
	e.late = e.late[:0]
	for n, again := 0, true; again; {
		for ; n < len(e.objs); n++ {
			e.contents(e.st.heap[e.objs[n]], e.objNum[e.objs[n]], n < e.globals)
		}
		again = e.decided()
		for i := range e.late {
			if l := &e.late[i]; !l.done && !l.fresh && e.isRead(l.place) {
				l.done = true
				e.put(uint64(l.obj)<<32 | uint64(uint32(l.at)))
				e.value(l.v)
				again = true
			}
		}
	}
	e.freshCells()
	e.decided() // on what is not fresh after all
}

// dead reports whether cell number i of an object is dead, after memory.
func (e *encoder) dead(o *object, i int) bool {
	return o.kind == oCells && !e.isRead(o.place(i)) && e.plain(o.cells[i], maxPlain)
}

// isRead reports whether code that may still run loads from a place.
func (e *encoder) isRead(place int32) bool {
	return place == 0 || place > 0 && e.reads[place/64]&(1<<(place%64)) != 0
}

// freshCells writes the cells of the environment that look fresh and are not.
func (e *encoder) freshCells() {
	any := false
	for i := range e.late {
		l := &e.late[i]
		if l.done = l.done || !e.isRead(l.place); l.done {
			continue
		}
		if !any {
			any = true
			e.holds = zeroed(e.holds, len(e.st.syms))
			e.findTested()
		}
		e.holds[l.v.a]++
	}
	if !any {
		return
	}
	for i := range e.late {
		l := &e.late[i]
		if n := l.v.a; !l.done && (e.symNum[n] != 0 || e.holds[n] > 1 || e.tested[n]) {
			e.put(uint64(l.obj)<<32 | uint64(uint32(l.at)))
			e.value(l.v)
		}
	}
}

// findTested marks the symbols that decided expressions are made of.
func (e *encoder) findTested() {
	if cap(e.tested) < len(e.st.syms) {
		e.tested = make([]bool, 2*len(e.st.syms))
	}
	e.tested = e.tested[:len(e.st.syms)]
	clear(e.tested)
	mark := func(v value) {
		if v = e.st.resolve(v); v.k == vSym {
			e.tested[v.a] = true
		}
	}
	for n := range e.st.syms {
		if s := &e.st.syms[n]; s.op != opNone && s.bound.k != vUnset {
			mark(s.x)
			mark(s.y)
		}
	}
}

// fresh reports whether v is an unknown on which nothing was decided.
func (e *encoder) fresh(v value) bool {
	if v.k != vSym {
		return false
	}
	s := &e.st.syms[v.a]
	return s.op == opNone && !s.nonnil && s.x.k != vSym
}

// maxPlain bounds how deep plain looks into data.
const maxPlain = 3

// plain reports whether nothing that a goroutine may wait for is reached through v.
func (e *encoder) plain(v value, depth int) bool {
	if depth == 0 {
		return false
	}
	v = e.st.resolve(v)
	switch v.k {
	case vUnset, vNil, vBool, vInt, vStr:
		return true
	case vSym:
		op := e.st.syms[v.a].op
		return op != opElemAddr && op != opAssertVal
	case vRef:
		o := e.st.heap[v.a]
		if o.env&envAll != 0 {
			return true
		}
		return o.kind == oCells && e.allPlain(o.cells, depth-1)
	case vFunc:
		return !e.assigns(v) && e.allPlain(v.parts(), depth)
	case vAgg, vSlice, vIface:
		return e.allPlain(v.parts(), depth)
	}
	return false
}

// assigns reports whether a function may assign to a variable that it caught, and
// that code in sight has for itself until then: so it may by whoever gets the cell.
func (e *encoder) assigns(fn value) bool {
	f := e.m.known(fn)
	for k, part := range fn.parts() {
		if part = e.st.resolve(part); part.k != vRef || e.st.heap[part.a].env&envAll != 0 {
			continue
		}
		if f == nil || e.m.rewrites(f, len(f.src.Params)+k) {
			return true
		}
	}
	return false
}

func (e *encoder) allPlain(vals []value, depth int) bool {
	if len(vals) > 16 {
		return false
	}
	for _, v := range vals {
		if !e.plain(v, depth) {
			return false
		}
	}
	return true
}
