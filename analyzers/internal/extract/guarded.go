package extract

import (
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Guarded functions: those whose panics somebody above catches. A literal that
// is called below a deferred recover, or that a test hands to code out of sight
// (a helper that wants it to panic), panics on purpose where it does.
//
// What it computes: may, over the calls in sight. Bound: guardDepth calls up.

const guardDepth = 4

// guarded reports whether a function is called where a panic is caught.
func (w *world) guarded(fn *ssa.Function) bool {
	return fn.Parent() != nil && (w.caught(fn, guardDepth, map[*ssa.Function]bool{}) || w.lentByTest(fn))
}

func (w *world) caught(fn *ssa.Function, depth int, seen map[*ssa.Function]bool) bool {
	if depth == 0 || seen[fn] {
		return false
	}
	seen[fn] = true
	for _, s := range w.sites[fn] {
		if _, spawned := s.call.(*ssa.Go); spawned {
			continue
		}
		if recovers(s.fn) || w.caught(s.fn, depth-1, seen) {
			return true
		}
	}
	return false
}

// recovers reports whether a function defers one that calls recover.
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
	if !strings.HasSuffix(fn.Prog.Fset.Position(fn.Pos()).Filename, "_test.go") {
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
