package explore

import (
	"slices"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Which memory is dead. A cell whose place no code that may still run loads
// from is left out of a state's key, as a dead register is: what was decided on
// it decides nothing more.
//
// Code that may still run is what follows the frames of the goroutines, with all
// that it calls, defers, starts or makes a closure or a dynamic type of; and the
// functions and the methods of the dynamic types among the values of the state.
// (may, without regard to objects)
//
// Bounds: none. What it ignores: cells of open places, which are always kept.

// reads holds the places of a program and what its functions load from.
type reads struct {
	places map[string]int32 // by name, from 1; open places have no number
	modes  []byte           // by number, of steady places; 0 for others
	words  int
	funcs  [][]uint64 // by function, with what it leads to
	tags   [][]uint64 // by type tag: of all methods
}

// number is the number of a place: 0 for an open one. One that nothing loads from has
// a negative number, which tells the mode of a steady one.
func (r *reads) number(name string) int32 {
	if name == "" {
		return 0
	}
	if n, ok := r.places[name]; ok {
		return n
	}
	mode, _ := skeleton.Steady(name)
	return -1 - int32(mode)
}

// steady is the mode of a steady place, 0 for others.
func (r *reads) steady(place int32) byte {
	if place < 0 {
		return byte(-1 - place)
	}
	return r.modes[place]
}

// findReads numbers the places that some function loads from.
func (p *Program) findReads() {
	r := &p.reads
	r.places, r.modes = map[string]int32{}, []byte{0}
	n := len(p.funcs)
	for _, f := range p.funcs[:n] {
		f.eachInstr(func(in *skeleton.Instr) {
			if in.Op != skeleton.Load {
				return
			}
			for _, name := range in.Places {
				if name != "" && r.places[name] == 0 {
					r.places[name] = int32(len(r.places) + 1)
					mode, _ := skeleton.Steady(name)
					r.modes = append(r.modes, mode)
				}
			}
		})
	}
	r.words = len(r.places)/64 + 1
	r.funcs = make([][]uint64, n)
	r.tags = make([][]uint64, len(p.types))
	if len(r.places) == 0 {
		return
	}
	g := &readsGraph{p: p, sets: make([][]uint64, n+len(p.types)), nums: make([]int32, n+len(p.types)), lows: make([]int32, n+len(p.types)), none: make([]uint64, r.words)}
	for v := range g.sets {
		if g.nums[v] == 0 {
			g.visit(int32(v))
		}
	}
	copy(r.funcs, g.sets)
	copy(r.tags, g.sets[n:])
}

// readsGraph finds what functions and types load from, with what they lead to: the
// same for all that lead to one another (Tarjan's components), whose sets are one.
// Nodes are the functions, then the types.
type readsGraph struct {
	p    *Program
	sets [][]uint64 // by node, nil before its component is complete
	nums []int32    // in the order of visits, from 1
	lows []int32
	last int32
	open []int32 // visited nodes whose components are not complete
	none []uint64
}

func (g *readsGraph) visit(v int32) {
	g.last++
	g.nums[v], g.lows[v] = g.last, g.last
	from := len(g.open)
	g.open = append(g.open, v)
	places, to := g.from(v)
	for _, w := range to {
		if g.nums[w] == 0 {
			g.visit(w)
		}
		if g.sets[w] == nil {
			g.lows[v] = min(g.lows[v], g.lows[w])
		}
	}
	if g.lows[v] < g.nums[v] {
		return
	}
	members := g.open[from:]
	g.open = g.open[:from]
	set := g.none
	switch {
	case len(members) > 1 || len(places) > 0 || len(to) > 1:
		set = make([]uint64, len(g.none))
		for _, m := range members {
			places, to := g.from(m)
			for _, n := range places {
				set[n/64] |= 1 << (n % 64)
			}
			for _, w := range to {
				union(set, g.sets[w])
			}
		}
	case len(to) == 1 && to[0] != v:
		set = g.sets[to[0]]
	}
	for _, m := range members {
		g.sets[m] = set
	}
}

// from are the places that a node loads from itself, and the nodes it leads to.
func (g *readsGraph) from(v int32) (places, to []int32) {
	r, n := &g.p.reads, int32(len(g.p.reads.funcs))
	if v >= n {
		if t := g.p.types[v-n]; t != nil {
			for _, m := range t.Methods {
				if k, ok := g.p.byName[m]; ok && k < n {
					to = append(to, k)
				}
			}
		}
		slices.Sort(to)
		return nil, to
	}
	g.p.funcs[v].eachInstr(func(in *skeleton.Instr) {
		if in.Op == skeleton.Load {
			for _, name := range in.Places {
				if k := r.places[name]; k != 0 {
					places = append(places, k)
				}
			}
		}
		g.p.eachLed(in, func(set int32) { to = append(to, set) }, func(tag int32) { to = append(to, n+tag) })
	})
	slices.Sort(to)
	return places, slices.Compact(to)
}

// eachLed calls one of two functions for each function and each type that an
// instruction leads to.
func (p *Program) eachLed(in *skeleton.Instr, function, typ func(int32)) {
	operand := func(a skeleton.Arg) {
		if a.Kind == skeleton.ArgFunc {
			if k, ok := p.byName[a.S]; ok && int(k) < len(p.reads.funcs) {
				function(k)
			}
		}
	}
	for _, a := range in.Args {
		operand(a)
	}
	for i := range in.Cases {
		operand(in.Cases[i].Val)
	}
	if in.Op == skeleton.Iface {
		if t, ok := p.tags[in.Tag]; ok && int(t) < len(p.reads.tags) {
			typ(t)
		}
	}
}

func (f *function) eachInstr(do func(*skeleton.Instr)) {
	if f.src == nil {
		return
	}
	for _, block := range f.src.Blocks {
		for i := range block {
			do(&block[i])
		}
	}
}

// gather adds what an instruction and the functions it names load from.
func (p *Program) gather(set []uint64, in *skeleton.Instr) {
	r := &p.reads
	if in.Op == skeleton.Load {
		for _, name := range in.Places {
			if n := r.places[name]; n != 0 {
				set[n/64] |= 1 << (n % 64)
			}
		}
	}
	p.eachLed(in, func(k int32) { union(set, r.funcs[k]) }, func(t int32) { union(set, r.tags[t]) })
}

func union(set, more []uint64) {
	for w, bits := range more {
		set[w] |= bits
	}
}

// readsFrom are the places that a function may load from when it goes on at pc.
func (p *Program) readsFrom(f *function, pc int32) []uint64 {
	if f.readsAt == nil {
		f.readsAt = make([][]uint64, len(f.code)+1)
	}
	if set := f.readsAt[pc]; set != nil {
		return set
	}
	set := make([]uint64, p.reads.words)
	seen := make([]bool, len(f.code)+1)
	todo := []int32{pc}
	if f.src.Recover >= 0 {
		todo = append(todo, f.recoverAt)
	}
	for len(todo) > 0 {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for int(at) < len(f.code) && !seen[at] {
			seen[at] = true
			in := &f.code[at]
			p.gather(set, in.Instr)
			switch {
			case in.Op == skeleton.Jump:
				at = in.then
				continue
			case in.Op == skeleton.Branch:
				todo = append(todo, in.els)
				at = in.then
				continue
			case in.Op.IsEnd():
				at = int32(len(f.code))
				continue
			}
			at++
		}
	}
	f.readsAt[pc] = set
	return set
}

// tracks reports whether cells have places at all.
func (p *Program) tracks() bool { return len(p.reads.places) > 0 }

// goesOn is where a frame goes on: a call that is under way is done with.
func (f *frame) goesOn(top bool) int32 {
	if !top && !f.deferring && f.fn.code[f.pc].Op == skeleton.Call {
		return f.pc + 1
	}
	return f.pc
}
