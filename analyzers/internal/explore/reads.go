package explore

import "github.com/concheck/concheck/analyzers/internal/skeleton"

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
	words  int
	funcs  [][]uint64 // by function, with what it leads to
	tags   [][]uint64 // by type tag: of all methods
}

// number is the number of a place: 0 for an open one, -1 for one that nothing loads from.
func (r *reads) number(name string) int32 {
	if name == "" {
		return 0
	}
	if n, ok := r.places[name]; ok {
		return n
	}
	return -1
}

// findReads numbers the places that some function loads from.
func (p *Program) findReads() {
	r := &p.reads
	r.places = map[string]int32{}
	n := len(p.funcs)
	for _, f := range p.funcs[:n] {
		f.eachInstr(func(in *skeleton.Instr) {
			if in.Op != skeleton.Load {
				return
			}
			for _, name := range in.Places {
				if name != "" && r.places[name] == 0 {
					r.places[name] = int32(len(r.places) + 1)
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
	for i := range r.funcs {
		r.funcs[i] = make([]uint64, r.words)
	}
	for i := range r.tags {
		r.tags[i] = make([]uint64, r.words)
	}
	for changed := true; changed; {
		changed = false
		for i, f := range p.funcs[:n] {
			f.eachInstr(func(in *skeleton.Instr) { changed = p.gather(r.funcs[i], in) || changed })
		}
		for i, t := range p.types {
			if t == nil {
				continue
			}
			for _, m := range t.Methods {
				if k, ok := p.byName[m]; ok {
					changed = union(r.tags[i], r.funcs[k]) || changed
				}
			}
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
func (p *Program) gather(set []uint64, in *skeleton.Instr) (changed bool) {
	r := &p.reads
	if in.Op == skeleton.Load {
		for _, name := range in.Places {
			if n := r.places[name]; n != 0 && set[n/64]&(1<<(n%64)) == 0 {
				set[n/64] |= 1 << (n % 64)
				changed = true
			}
		}
	}
	operand := func(a skeleton.Arg) {
		if a.Kind == skeleton.ArgFunc {
			if k, ok := p.byName[a.S]; ok && int(k) < len(r.funcs) {
				changed = union(set, r.funcs[k]) || changed
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
		if t, ok := p.tags[in.Tag]; ok && int(t) < len(r.tags) {
			changed = union(set, r.tags[t]) || changed
		}
	}
	return changed
}

func union(set, more []uint64) (changed bool) {
	for w, bits := range more {
		if set[w]|bits != set[w] {
			set[w] |= bits
			changed = true
		}
	}
	return changed
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
