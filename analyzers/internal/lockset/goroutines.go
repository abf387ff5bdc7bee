package lockset

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Which goroutines run a function. May: the callers of a function are those
// that call it by name in the package, or through a table; whatever can be reached in another way
// may run on any goroutine.

// callers maps a function to what calls, defers or starts it by name. Calls
// from tests count for what the tests declare only.
func (p *pkg) callers() map[*ssa.Function][]ssa.CallInstruction {
	if p.calledBy != nil {
		return p.calledBy
	}
	p.calledBy = map[*ssa.Function][]ssa.CallInstruction{}
	p.taken = map[*ssa.Function]bool{}
	p.invokes = map[string][]ssa.CallInstruction{}
	entries, through := p.tables()
	for _, fn := range p.fns {
		test := p.isTest(fn)
		for _, b := range fn.Blocks {
			for _, i := range b.Instrs {
				c, isCall := i.(ssa.CallInstruction)
				var callee *ssa.Function
				if isCall {
					if m := c.Common().Method; m != nil && !test {
						p.invokes[m.Name()] = append(p.invokes[m.Name()], c)
					}
					if callee = c.Common().StaticCallee(); callee != nil {
						if o := callee.Origin(); o != nil {
							callee = o
						}
						if !test || p.isTest(callee) {
							p.calledBy[callee] = append(p.calledBy[callee], c)
						}
					}
				}
				if g := entries[i]; g != nil {
					if callee := p.entry(i); callee != nil {
						p.calledBy[callee] = append(p.calledBy[callee], through[g]...)
						continue
					}
				}
				p.noteTaken(i, isCall, test)
			}
		}
	}
	return p.calledBy
}

// noteTaken notes functions that are used as values.
func (p *pkg) noteTaken(i ssa.Instruction, isCall, test bool) {
	if _, ok := i.(*ssa.DebugRef); ok {
		return
	}
	p.ops = i.Operands(p.ops[:0])
	for k, op := range p.ops {
		if isCall && k == 0 {
			continue
		}
		switch v := (*op).(type) {
		case *ssa.Function:
			if mc, ok := i.(*ssa.MakeClosure); ok && p.onlyStarted(mc) {
				continue
			}
			if test && !p.isTest(v) {
				continue
			}
			p.taken[v] = true
			if m := boundMethod(v); m != nil {
				if real := v.Prog.FuncValue(m); real != nil {
					p.taken[real] = true
				}
			}
		}
	}
}

// onlyStarted reports whether a closure is only called, deferred or started.
func (p *pkg) onlyStarted(mc *ssa.MakeClosure) bool {
	if fn, ok := mc.Fn.(*ssa.Function); ok && boundMethod(fn) != nil {
		return false
	}
	for _, r := range *mc.Referrers() {
		if _, ok := r.(*ssa.DebugRef); ok {
			continue
		}
		c, ok := r.(ssa.CallInstruction)
		if !ok || c.Common().Value != ssa.Value(mc) {
			return false
		}
	}
	return true
}

// noteAround notes the classes that are held at a call, whichever way led to it.
func (f *frame) noteAround(s *state, i ssa.Instruction) {
	var held []string
	for k := range s.entries {
		if e := &s.entries[k]; e.cur != 0 && !e.lost {
			held = append(held, f.locks[e.lock].class)
		}
	}
	if old, ok := f.around[i]; ok {
		held = common(old, held)
	}
	f.around[i] = held
}

func common(a, b []string) []string {
	var out []string
	for _, x := range a {
		if slices.Contains(b, x) {
			out = append(out, x)
		}
	}
	return out
}

// heldAtEntry returns the classes of which every caller holds a lock: none
// where not all callers are in sight.
func (p *pkg) heldAtEntry(fn *ssa.Function, known map[*ssa.Function][]string) []string {
	if held, ok := known[fn]; ok {
		return held
	}
	known[fn] = nil // a recursion adds nothing
	calls := p.callersOf(fn)
	if p.taken[fn] || fn.Parent() == nil && p.open(fn) {
		return nil
	}
	var held []string
	for k, c := range calls {
		if _, ok := c.(*ssa.Call); !ok {
			return nil
		}
		here := p.heldAtEntry(c.Parent(), known)
		if f := p.frames[c.Parent()]; f != nil && !f.overflow {
			here = append(append(slices.Clone(here), f.around[c]...), f.heldToRelease(c)...)
		}
		if k == 0 {
			held = here
		} else {
			held = common(held, here)
		}
	}
	known[fn] = held
	return held
}

// heldToRelease returns the classes of which the callers of a function hold a
// lock at an instruction, as it releases that lock later, on every path.
func (f *frame) heldToRelease(at ssa.Instruction) (classes []string) {
	if f == nil || f.overflow {
		return nil
	}
	net := f.pkg.summary(f.fn).Net
	for k, v := range net {
		var needed []string
		for _, d := range v.Delta {
			if d.Need != 0 && !d.Lost && d.Class != "" && !f.releasedBefore(d.Path, at) {
				needed = append(needed, d.Class)
			}
		}
		if k > 0 {
			needed = common(classes, needed)
		}
		classes = needed
	}
	return classes
}

// releasedBefore reports whether a release of a lock may come before an instruction.
func (f *frame) releasedBefore(key string, at ssa.Instruction) bool {
	for i, keys := range f.releases {
		if _, deferred := i.(*ssa.Defer); deferred || i == at || !slices.Contains(strings.Fields(keys), key) {
			continue
		}
		if i.Block() == at.Block() && before(i, at) || blockReaches(i.Block(), at.Block()) {
			return true
		}
	}
	return false
}

// homes collects the single goroutines that run a function: go statements that
// run once, run loops of objects, main, init. any: it may also run elsewhere.
func (p *pkg) homes(fn *ssa.Function, seen map[*ssa.Function]bool, homes map[ssa.Node]bool) (any bool) {
	if seen[fn] {
		return false
	}
	seen[fn] = true
	calls := p.callersOf(fn)
	if p.taken[fn] || fn.Parent() == nil && p.open(fn) {
		return true
	}
	if len(calls) == 0 {
		return true
	}
	if p.servedBy(fn) {
		homes[fn] = true
		return false
	}
	for _, c := range calls {
		if g, ok := c.(*ssa.Go); ok {
			if inLoop(g.Block()) {
				return true
			}
			homes[g] = true
			continue
		}
		if p.homes(c.Parent(), seen, homes) {
			return true
		}
	}
	return false
}

// reachable reports whether code outside can call the function.
func (p *pkg) reachable(fn *ssa.Function) bool {
	o := fn.Object()
	if o == nil {
		return true
	}
	if fn.Signature.Recv() != nil {
		return o.Exported() || p.inInterface(o.Name())
	}
	return o.Exported() && p.pass.Pkg.Name() != "main"
}

// inInterface reports whether an interface of the package asks for a method.
func (p *pkg) inInterface(name string) bool {
	if p.methods == nil {
		p.findMethods()
	}
	return p.methods[name]
}

// findMethods collects the methods that interfaces of the package ask for.
func (p *pkg) findMethods() {
	p.methods = map[string]bool{}
	scope := p.pass.Pkg.Scope()
	for _, n := range scope.Names() {
		t, ok := scope.Lookup(n).(*types.TypeName)
		if !ok {
			continue
		}
		i, ok := t.Type().Underlying().(*types.Interface)
		if !ok {
			continue
		}
		for m := range i.Methods() {
			p.methods[m.Name()] = true
		}
	}
}

// oneGoroutine reports whether all functions are run by one goroutine only.
func (p *pkg) oneGoroutine(fns []*ssa.Function) bool {
	homes := map[ssa.Node]bool{}
	for _, fn := range fns {
		if p.homes(fn, map[*ssa.Function]bool{}, homes) {
			return false
		}
	}
	return len(homes) <= 1
}

// concurrent reports whether the function can run on several goroutines.
func (f *frame) concurrent() bool { return !f.pkg.oneGoroutine([]*ssa.Function{f.fn}) }
