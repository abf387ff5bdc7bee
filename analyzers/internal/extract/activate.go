package extract

import (
	"golang.org/x/tools/go/ssa"
)

// Functions come alive while slicing: what is entered, and what of it ends.

// live has a block kept, and the branches that decide whether it runs.
func (s *slicer) live(fn *ssa.Function, i int) {
	pl := s.plans[fn]
	if pl.live[i] {
		return
	}
	pl.live[i] = true
	for _, a := range pl.control.deps[i] {
		blk := fn.Blocks[a]
		s.keep(fn, blk.Instrs[len(blk.Instrs)-1])
	}
}

// activate notes that a function has an effect: all calls of it are kept, and
// what may end its path too.
func (s *slicer) activate(fn *ssa.Function) {
	if s.active[fn] {
		return
	}
	s.active[fn] = true
	s.post(task{kind: taskCalls, fn: fn})
	for _, cr := range s.w.among[fn] {
		if !s.acting[cr] {
			s.acting[cr] = true
			s.later(func() { s.activateCrowd(cr) })
		}
	}
	s.later(func() { s.endings(fn) })
	if s.api[fn] {
		s.later(func() { s.shownResults(fn) })
	}
}

// calls keeps the calls of a function that has an effect.
func (s *slicer) calls(fn *ssa.Function) {
	for _, c := range s.w.sites[fn] {
		s.keep(c.fn, c.call)
		s.activate(c.fn)
		if c.callback {
			s.passed(c.fn, c.call, fn)
		}
	}
}

// activateCrowd notes that one of a crowd has an effect.
func (s *slicer) activateCrowd(cr *crowd) {
	for _, c := range cr.sites {
		s.keep(c.fn, c.call)
		s.activate(c.fn)
	}
}

// enter notes that a function is called by something kept.
func (s *slicer) enter(fn *ssa.Function) {
	if s.plans[fn] == nil || s.entry[fn] {
		return
	}
	s.entry[fn] = true
	if s.simple[fn] {
		s.later(func() { s.endings(fn) })
	}
}

// endings keeps what may end the path of a function.
func (s *slicer) endings(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			if s.mayEnd(in) {
				s.keep(fn, in)
			}
		}
	}
}

// mayEnd reports whether an instruction ends the path, or calls a simple
// function that may.
func (s *slicer) mayEnd(in ssa.Instruction) bool {
	if s.w.effectOf(in) == ending {
		return true
	}
	if c, ok := in.(*ssa.Call); ok {
		if f := c.Common().StaticCallee(); f != nil && s.simple[f] {
			return true
		}
	}
	return false
}

// maxSimple bounds the functions that are looked into only because they may
// panic or exit: must(err), fatalf(…).
const maxSimple = 12

func (s *slicer) findSimple() {
	loops := map[*ssa.Function]bool{}
	for _, fn := range s.w.funcs {
		loops[fn] = hasLoop(fn)
	}
	for changed := true; changed; {
		changed = false
		for _, fn := range s.w.funcs {
			if s.simple[fn] || loops[fn] || len(fn.Blocks) > maxSimple {
				continue
			}
			for _, b := range fn.Blocks {
				for _, in := range b.Instrs {
					if s.mayEnd(in) && !s.simple[fn] {
						s.simple[fn] = true
						changed = true
					}
				}
			}
		}
	}
}

func hasLoop(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, succ := range b.Succs {
			if succ.Dominates(b) {
				return true
			}
		}
	}
	return false
}
