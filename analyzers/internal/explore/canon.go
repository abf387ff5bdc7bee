package explore

import (
	"math/bits"
	"slices"
)

// key identifies a state up to the names of goroutines, objects and symbols:
// two states with one key have the same future. It is a 128-bit hash of a
// canonical traversal: goroutines in the order of what they locally are
// (so that workers doing the same are interchangeable), then objects and symbols
// in the order in which they are met. What nothing live refers to is left out.
type key [2]uint64

// encoder computes keys. It is reused from state to state.
type encoder struct {
	m      *machine
	st     *state
	h      key
	order  []int // goroutine numbers in canonical order
	local  []uint64
	objNum []int32 // canonical number+1 of each object
	objs   []int32 // those that were met, globals first
	nobjs  int32
	symNum []int32
	nsyms  int32
	// globals is how many of objs are globals.
	globals int
	reads   []uint64 // places that code may still load from
	late    []lateCell
	holds   []int32 // how many of them hold a symbol
	tested  []bool  // symbols that decided expressions are made of
}

const (
	mul1 = 0x9e3779b97f4a7c15
	mul2 = 0xd6e8feb86659fd93
)

func mix(h, w, mul uint64) uint64 {
	hi, lo := bits.Mul64(h^w, mul)
	return hi ^ lo ^ h>>7
}

func (e *encoder) put(w uint64) {
	e.h[0] = mix(e.h[0], w+0x51ed27, mul1)
	e.h[1] = mix(e.h[1], w+0x2545f491, mul2)
}

func zeroed(s []int32, n int) []int32 {
	if cap(s) < n {
		return make([]int32, n, 2*n)
	}
	s = s[:n]
	clear(s)
	return s
}

func (e *encoder) key(st *state) key {
	e.st = st
	e.h = key{0x243f6a8885a308d3, 0x13198a2e03707344}
	e.objNum = zeroed(e.objNum, len(st.heap))
	e.symNum = zeroed(e.symNum, len(st.syms))
	e.nsyms = 0
	e.objs = e.objs[:0]
	e.order = e.order[:0]
	e.local = e.local[:0]
	if len(e.reads) < e.m.reads.words {
		e.reads = make([]uint64, e.m.reads.words)
	}
	clear(e.reads)
	for i := range st.gs {
		e.order = append(e.order, i)
		e.local = append(e.local, e.localHash(i))
	}
	slices.SortStableFunc(e.order, func(a, b int) int {
		switch {
		case e.local[a] < e.local[b]:
			return -1
		case e.local[a] > e.local[b]:
			return 1
		}
		return 0
	})
	e.put(uint64(st.left))
	if st.astray {
		e.put(1)
	}
	// Globals have numbers of their own: whether one was touched does not matter.
	for g, n := range st.globals {
		if n >= 0 {
			e.objs = append(e.objs, n)
			e.objNum[n] = int32(g + 1)
		}
	}
	e.globals = len(e.objs)
	e.nobjs = int32(len(e.m.gNames))
	for _, i := range e.order {
		e.goroutine(i)
	}
	e.memory()
	return e.h
}

// unsettled is the key of a state in which goroutines are still to run.
func (e *encoder) unsettled(st *state, pend []int32) key {
	e.key(st)
	e.put(uint64(len(pend)))
	for _, id := range pend {
		e.put(e.holder(id))
	}
	return e.h
}

// localHash is what a goroutine is without regard to object and symbol names.
func (e *encoder) localHash(i int) uint64 {
	g := e.st.gs[i]
	h := uint64(g.fn)
	if g.root {
		h |= 1 << 40
	}
	if g.announced {
		h |= 1 << 41
	}
	if g.parked {
		h |= 1 << 42
	}
	for n, f := range g.frames {
		h = mix(h, uint64(f.fn.num)<<32|uint64(f.pc)<<3|uint64(f.mode), mul1)
		for _, r := range e.m.liveAt(f, n == len(g.frames)-1) {
			v := e.st.resolve(f.regs[r])
			w := uint64(v.k) << 32
			switch v.k {
			case vInt, vBool, vStr, vFunc, vIface:
				w |= uint64(uint32(v.a))
			case vRef:
				o := e.st.heap[v.a]
				w |= uint64(v.b)<<10 | uint64(o.kind)<<8 | uint64(o.env)
				if o.kind == oChan {
					w |= uint64(len(o.cells)) << 20
				}
			}
			h = mix(h, w, mul2)
		}
	}
	return h
}

func (e *encoder) goroutine(i int) {
	g := e.st.gs[i]
	e.put(e.local[i])
	e.put(uint64(len(g.frames)))
	if g.crash != nil {
		e.put(uint64(g.crash.kind) + 77)
	}
	for n, f := range g.frames {
		flags := uint64(f.mode)
		if f.recovered {
			flags |= 4
		}
		if f.deferring {
			flags |= 8
		}
		e.put(uint64(f.fn.num)<<32 | uint64(f.pc)<<4 | flags)
		if e.m.tracks() {
			union(e.reads, e.m.readsFrom(f.fn, f.goesOn(n == len(g.frames)-1)))
		}
		for _, r := range e.m.liveAt(f, n == len(g.frames)-1) {
			e.value(f.regs[r])
		}
		e.put(uint64(len(f.defers)))
		for k := range f.defers {
			d := &f.defers[k]
			e.put(uint64(d.in.Pos))
			e.value(d.fn)
			for _, a := range d.args {
				e.value(a)
			}
		}
	}
}

func (e *encoder) value(v value) {
	v = e.st.resolve(v)
	switch v.k {
	case vSym:
		e.put(uint64(vSym)<<56 | uint64(e.symbol(v.a)))
	case vRef:
		e.put(uint64(vRef)<<56 | uint64(uint32(v.b)))
		e.object(v.a)
	case vMutex:
		e.put(uint64(vMutex)<<56 | e.holder(v.a-1))
	case vRW, vCond:
		e.put(uint64(v.k)<<56 | e.holder(v.a-1)<<16 | uint64(len(v.parts())))
		if v.k == vRW {
			// Readers are a set: their order is that of the goroutines.
			var set uint64
			for _, r := range v.parts() {
				set += 1 << (e.holder(r.a) % 8 * 8)
			}
			e.put(set)
			return
		}
		for _, r := range v.parts() {
			e.put(e.holder(r.a))
		}
	default:
		switch {
		case v.k == vFunc && int(v.a) < len(e.m.reads.funcs):
			union(e.reads, e.m.reads.funcs[v.a])
		case v.k == vIface && int(v.a) < len(e.m.reads.tags):
			union(e.reads, e.m.reads.tags[v.a])
		}
		e.put(uint64(v.k)<<56 | uint64(uint32(v.a)))
		if v.p != nil {
			e.put(uint64(len(*v.p)))
			for _, part := range *v.p {
				e.value(part)
			}
		}
	}
}

// holder is the canonical number of a goroutine id: 0 for none, 1 for one that has ended.
func (e *encoder) holder(id int32) uint64 {
	if id < 0 {
		return 0
	}
	for n, i := range e.order {
		if e.st.gs[i].id == id {
			return uint64(n + 2)
		}
	}
	return 1
}

func (e *encoder) object(n int32) {
	if e.objNum[n] == 0 {
		e.objs = append(e.objs, n)
		e.nobjs++
		e.objNum[n] = e.nobjs
	}
	e.put(uint64(e.objNum[n]))
}

// contents writes an object, but for cells that may prove dead.
func (e *encoder) contents(o *object, num int32, global bool) {
	w := uint64(o.kind)<<8 | uint64(o.env)<<16 | uint64(uint32(o.cap))<<24
	if o.closed {
		w |= 1
	}
	if o.doomed {
		w |= 2
	}
	if o.assumed {
		w |= 4
	}
	if o.shut {
		w |= 8
	}
	if !global || o.doomed {
		e.put(w)
		e.put(uint64(o.made)<<32 | uint64(num))
	}
	for i, v := range o.cells {
		at := int32(i)
		if o.sparse {
			if at = o.offs[i]; v.k == vUnset {
				continue
			}
		}
		v = e.st.resolve(v)
		place := o.place(i)
		fresh := o.sparse && e.fresh(v)
		if o.kind == oCells && (fresh || place != 0 && e.plain(v, maxPlain)) {
			e.late = append(e.late, lateCell{obj: num, at: at, place: place, fresh: fresh, v: v})
			continue
		}
		e.put(uint64(num)<<32 | uint64(uint32(at)))
		e.value(v)
	}
	for _, l := range o.links {
		e.object(l)
	}
}

// symbol numbers an unresolved symbol; the first meeting writes what it is.
func (e *encoder) symbol(n int32) int32 {
	if e.symNum[n] != 0 {
		return e.symNum[n]
	}
	e.nsyms++
	e.symNum[n] = e.nsyms
	s := &e.st.syms[n]
	w := uint64(s.letter) | uint64(s.op)<<8 | uint64(s.aux)<<16
	if s.nonnil {
		w |= 1 << 60
	}
	if s.foreign {
		w |= 1 << 61
	}
	if err, ok := e.st.openError(s); ok {
		e.put(w | 1<<62)
		e.value(err)
		return e.symNum[n]
	}
	e.put(w)
	if s.op != opNone {
		e.value(s.x)
		e.value(s.y)
	}
	return e.symNum[n]
}

// decided writes the decisions on expressions over symbols that were met: the
// next test of the same expression will agree with them. It reports whether
// there were new ones.
func (e *encoder) decided() bool {
	some := false
	for n := range e.st.syms {
		s := &e.st.syms[n]
		if s.op == opNone || s.bound.k == vUnset || e.symNum[n] != 0 {
			continue
		}
		x, y := e.st.resolve(s.x), e.st.resolve(s.y)
		if e.met(x) && e.met(y) && s.askable(x, y) {
			e.symNum[n] = isWritten
			e.put(uint64(s.op)<<32 | uint64(s.aux))
			e.value(x)
			e.value(y)
			e.value(s.bound)
			some = true
		}
	}
	return some
}

// isWritten marks a decided expression: symbols that are numbered are undecided.
const isWritten = 1 << 30

func (e *encoder) met(v value) bool {
	switch v.k {
	case vSym:
		return e.symNum[v.a] != 0
	case vRef:
		return e.objNum[v.a] != 0
	case vAgg, vIface, vSlice, vFunc:
		return false
	}
	return true
}
