package explore

import (
	"math/bits"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Who can reach what. For each goroutine the objects that its live registers,
// its deferred calls and its captured values lead to; bit i of an object's mask
// is goroutine number i. What the environment can reach carries envAll or the
// bits of a channel.

// reach computes the masks of all objects of a state.
func (m *machine) reach(st *state, masks []uint64) []uint64 {
	masks = masks[:0]
	for range st.heap {
		masks = append(masks, 0)
	}
	for i := range st.gs {
		w := &walker{m: m, st: st, masks: masks, bit: 1 << i}
		w.goroutine(i)
		w.drain()
	}
	// Every goroutine may touch a global.
	w := &walker{m: m, st: st, masks: masks, bit: ^uint64(0)}
	for _, n := range st.globals {
		if n >= 0 {
			w.object(n)
		}
	}
	w.drain()
	return masks
}

type walker struct {
	m     *machine
	st    *state
	masks []uint64
	bit   uint64
	todo  []int32
	sym   int32 // one more than the symbol looked for
	met   bool  // whether it was met
}

func (w *walker) goroutine(i int) {
	g := w.st.gs[i]
	for n, f := range g.frames {
		for _, r := range w.m.liveAt(f, n == len(g.frames)-1) {
			w.value(f.regs[r])
		}
		for k := range f.defers {
			w.value(f.defers[k].fn)
			for _, a := range f.defers[k].args {
				w.value(a)
			}
		}
	}
}

// liveAt are the registers of a frame that are still read. While a panic
// unwinds it only the recover block counts; that is contained in every set.
func (m *machine) liveAt(f *frame, top bool) []int32 {
	if int(f.pc) >= len(f.fn.code) {
		return nil
	}
	return f.fn.code[f.pc].live
}

func (w *walker) value(v value) {
	switch v.k {
	case vSym:
		w.met = w.met || v.a == w.sym-1
		s := &w.st.syms[v.a]
		if s.bound.k != vUnset {
			w.value(s.bound)
			return
		}
		if s.op == opElemAddr || s.op == opAssertVal {
			w.value(s.x)
		}
	case vRef:
		w.object(v.a)
	case vAgg, vSlice, vIface, vFunc:
		for _, part := range *v.p0() {
			w.value(part)
		}
	}
}

var noParts []value

func (v *value) p0() *[]value {
	if v.p == nil {
		return &noParts
	}
	return v.p
}

func (w *walker) object(n int32) {
	if w.masks[n]&w.bit == w.bit {
		return
	}
	w.masks[n] |= w.bit
	w.todo = append(w.todo, n)
}

func (w *walker) drain() {
	for len(w.todo) > 0 {
		n := w.todo[len(w.todo)-1]
		w.todo = w.todo[:len(w.todo)-1]
		o := w.st.heap[n]
		for _, v := range o.cells {
			w.value(v)
		}
		for _, l := range o.links {
			w.object(l)
		}
	}
}

// alive marks, to a fixpoint, every goroutine that can move or that something
// alive might still help. canMove and the result are bit sets of goroutine
// numbers; who is left is stuck for ever.
func (m *machine) alive(st *state, masks []uint64, canMove uint64) uint64 {
	alive := canMove
	for changed := true; changed; {
		changed = false
		for i := range st.gs {
			if alive&(1<<i) == 0 && m.helped(st, i, masks, alive) {
				alive |= 1 << i
				changed = true
			}
		}
	}
	return alive
}

// helped reports whether something alive might let goroutine i go on.
func (m *machine) helped(st *state, i int, masks []uint64, alive uint64) bool {
	f := st.peek(i)
	in := &f.fn.code[f.pc]
	switch in.Op {
	case skeleton.Send, skeleton.Recv, skeleton.Recv2, skeleton.Select:
		var buf [4]port
		for _, p := range m.ports(st, i, buf[:0]) {
			if p.ch.k == vRef && (st.heap[p.ch.a].env&envNear != 0 || who(masks, p.ch.a)&alive != 0) {
				return true
			}
		}
		return false
	case skeleton.Lock, skeleton.RLock:
		return m.lockHelped(st, i, in, masks, alive)
	case skeleton.Spawn:
		return true
	}
	v := m.val(st, f, in, in.args[0])
	if v.k != vRef {
		return true
	}
	return st.heap[v.a].env&envAll != 0 || who(masks, v.a)&alive != 0
}

// lockHelped: a lock is released by its holders, so a waiter is alive if all
// who hold it (or a writer that waits ahead) are, or if somebody alive may
// unlock what he did not lock.
func (m *machine) lockHelped(st *state, i int, in *instr, masks []uint64, alive uint64) bool {
	ref := m.val(st, st.peek(i), in, in.args[0])
	if ref.k != vRef {
		return true
	}
	if m.holdersAlive(st, i, in, ref, masks, alive) {
		return true
	}
	for h := range st.gs {
		if alive&who(masks, ref.a)&(1<<h) != 0 && m.mayRelease(st, h) {
			return true
		}
	}
	return false
}

func (m *machine) holdersAlive(st *state, i int, in *instr, ref value, masks []uint64, alive uint64) bool {
	o := st.heap[ref.a]
	v := o.get(ref.b)
	holderAlive := func(id int32) bool {
		h := st.index(id)
		if h >= 0 {
			return alive&(1<<h) != 0
		}
		// The holder has ended without releasing: whoever can reach the lock may
		// have been meant to.
		return o.env&envAll != 0 || who(masks, ref.a)&alive != 0
	}
	if v.a != 0 {
		return holderAlive(v.a - 1)
	}
	if w := m.announced(st, i, in); w >= 0 {
		return alive&(1<<w) != 0
	}
	for _, r := range v.parts() {
		if !holderAlive(r.a) {
			return false
		}
	}
	return true
}

// persistent picks a set of goroutines whose transitions suffice in this state:
// nobody outside the set can reach an object that a member stands at
// (a persistent set, Godefroid 1996). The smallest such set with a move is
// returned; all goroutines if there is no smaller one. Those who rest at a go
// statement come last: who is there already takes his turn before.
func (m *machine) persistent(st *state, masks []uint64, canMove uint64) uint64 {
	all := everybody(st)
	if len(st.gs) < 2 {
		return all
	}
	first := canMove &^ m.spawners(st, canMove)
	if first == 0 {
		return canMove & -canMove
	}
	needs := make([]uint64, len(st.gs))
	for i := range st.gs {
		needs[i] = 1<<i | m.sharers(st, i, masks)&all
	}
	best := all
	for i := range st.gs {
		if first&(1<<i) == 0 {
			continue
		}
		set := needs[i]
		for grown := true; grown; {
			grown = false
			for h := range st.gs {
				if set&(1<<h) != 0 && needs[h]&^set != 0 {
					set |= needs[h]
					grown = true
				}
			}
		}
		if popcount(set) < popcount(best) {
			best = set
		}
	}
	return best & (first | ^canMove)
}

// spawners are the goroutines that rest at a go statement.
func (m *machine) spawners(st *state, canMove uint64) uint64 {
	var set uint64
	for i := range st.gs {
		if f := st.peek(i); canMove&(1<<i) != 0 && f.fn.code[f.pc].Op == skeleton.Spawn {
			set |= 1 << i
		}
	}
	return set
}

// sharers are the goroutines that can reach an object goroutine i stands at. A
// closed channel that is empty stays so: nobody can hinder a receive from it.
func (m *machine) sharers(st *state, i int, masks []uint64) uint64 {
	f := st.peek(i)
	in := &f.fn.code[f.pc]
	var set uint64
	switch in.Op {
	case skeleton.Branch, skeleton.Spawn:
		// What a goroutine can reach when it starts, its spawner could before.
		return 0
	case skeleton.Send, skeleton.Recv, skeleton.Recv2, skeleton.Select:
		var buf [4]port
		for _, p := range m.ports(st, i, buf[:0]) {
			switch p.ch.k {
			case vRef:
				if o := st.channel(p.ch); o == nil || p.send || !o.closed || len(o.cells) > 0 {
					set |= who(masks, p.ch.a)
				}
			case vSym:
				set |= m.closers(st, p.ch.a)
			}
		}
		return set
	case skeleton.Close:
		if v := m.val(st, f, in, in.args[0]); v.k == vSym {
			return m.whoKnows(st, v.a)
		}
	}
	if v := m.val(st, f, in, in.args[0]); v.k == vRef {
		set = who(masks, v.a)
		if o := st.heap[v.a]; in.Op == skeleton.Cancel || in.Op == skeleton.Close {
			for _, l := range o.links {
				set |= who(masks, l)
			}
		}
	}
	return set
}

// closers are the goroutines that stand at the close of a channel of the environment.
func (m *machine) closers(st *state, sym int32) uint64 {
	var set uint64
	for h := range st.gs {
		f := st.peek(h)
		if in := &f.fn.code[f.pc]; in.Op == skeleton.Close {
			if v := m.val(st, f, in, in.args[0]); v.k == vSym && v.a == sym {
				set |= 1 << h
			}
		}
	}
	return set
}

// whoKnows are the goroutines whose live values lead to a symbol.
func (m *machine) whoKnows(st *state, sym int32) uint64 {
	var set uint64
	for h := range st.gs {
		w := &walker{m: m, st: st, masks: make([]uint64, len(st.heap)), bit: 1, sym: sym + 1}
		w.goroutine(h)
		for _, n := range st.globals {
			if n >= 0 {
				w.object(n)
			}
		}
		w.drain()
		if w.met {
			set |= 1 << h
		}
	}
	return set
}

// who are the goroutines that can reach an object; a global that was just
// touched for the first time all can.
func who(masks []uint64, n int32) uint64 {
	if int(n) < len(masks) {
		return masks[n]
	}
	return ^uint64(0)
}

func popcount(x uint64) int { return bits.OnesCount64(x) }
