package extract

import (
	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/testfile"
)

// Guarded functions: those whose panics somebody above catches. A literal that
// is called below a deferred recover, or that a test hands to code out of sight
// (a helper that wants it to panic), panics on purpose where it does.
//
// What it computes: may, over the calls in sight. Bound: guardDepth calls up.

const guardDepth = 4

// guarded reports whether a function is called where a panic is caught.
func (w *world) guarded(fn *ssa.Function) bool {
	g := &guards{w: w, seen: map[*ssa.Function]bool{}, crowds: map[*crowd]int{}}
	return fn.Parent() != nil && (g.caught(fn, guardDepth) || w.lentByTest(fn))
}

// guards looks for those who catch the panics of a function.
type guards struct {
	w      *world
	seen   map[*ssa.Function]bool
	crowds map[*crowd]int // how far up the calls were followed from there
}

func (g *guards) caught(fn *ssa.Function, depth int) bool {
	if depth == 0 || g.seen[fn] {
		return false
	}
	g.seen[fn] = true
	if g.caughtAt(g.w.sites[fn], depth) {
		return true
	}
	for _, cr := range g.w.among[fn] {
		if g.crowds[cr] < depth {
			g.crowds[cr] = depth
			if g.caughtAt(cr.sites, depth) {
				return true
			}
		}
	}
	return false
}

func (g *guards) caughtAt(sites []site, depth int) bool {
	for _, s := range sites {
		if _, spawned := s.call.(*ssa.Go); spawned {
			continue
		}
		if g.w.recovers(s.fn) || g.caught(s.fn, depth-1) {
			return true
		}
	}
	return false
}

// recovers reports whether a function defers one that calls recover.
func (w *world) recovers(fn *ssa.Function) bool {
	r, known := w.nets[fn]
	if !known {
		r = recovers(fn)
		w.nets[fn] = r
	}
	return r
}

func recovers(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			if d, ok := in.(*ssa.Defer); ok {
				if f := d.Call.StaticCallee(); f != nil && callsRecover(f) {
					return true
				}
			}
		}
	}
	return false
}

func callsRecover(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			if c, ok := in.(*ssa.Call); ok {
				if bi, ok := c.Call.Value.(*ssa.Builtin); ok && bi.Name() == "recover" {
					return true
				}
			}
		}
	}
	return false
}

// lentByTest reports whether a test passes a literal to code that is out of sight.
func (w *world) lentByTest(fn *ssa.Function) bool {
	if !testfile.At(fn.Prog.Fset, fn.Pos()) {
		return false
	}
	values := []ssa.Value{fn}
	for _, mc := range w.made[fn] {
		values = append(values, mc)
	}
	for _, b := range fn.Parent().Blocks {
		for _, in := range b.Instrs {
			c, ok := in.(*ssa.Call)
			if !ok {
				continue
			}
			if t, known := w.p.callee(c.Common()); t.body || t.model != nil || known && t.known {
				continue
			}
			for _, a := range c.Call.Args {
				for _, v := range values {
					if through(a) == v {
						return true
					}
				}
			}
		}
	}
	return false
}

// through looks through conversions.
func through(v ssa.Value) ssa.Value {
	for {
		switch x := v.(type) {
		case *ssa.ChangeType:
			v = x.X
		case *ssa.MakeInterface:
			v = x.X
		default:
			return v
		}
	}
}
