package lockset

import (
	"fmt"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/testfile"
)

// What is collected about the package before its functions are analysed.

// index collects what is needed before functions are analysed.
func (p *pkg) index() {
	defer p.indexFuncs()
	defer p.indexFamilies()
	p.indexConds()
	for _, fn := range p.fns {
		test := p.isTest(fn)
		for _, b := range fn.Blocks {
			for _, i := range b.Instrs {
				switch i := i.(type) {
				case *ssa.MakeClosure:
					if fn, ok := i.Fn.(*ssa.Function); ok {
						p.makers[fn] = i
					}
				case *ssa.Store:
					if !test {
						p.indexStore(i)
					}
					p.indexUses(i, false)
				case ssa.CallInstruction:
					p.indexCall(i.Common())
					_, spawn := i.(*ssa.Go)
					p.indexUses(i, spawn)
				default:
					p.indexUses(i, false)
				case *ssa.MakeInterface:
					if n, ok := types.Unalias(i.Type()).(*types.Named); ok && !test {
						o := n.Origin()
						if !slices.ContainsFunc(p.concrete[o], func(t types.Type) bool { return types.Identical(t, i.X.Type()) }) {
							p.concrete[o] = append(p.concrete[o], i.X.Type())
						}
					}
				}
			}
		}
	}
}

// isTest reports whether a function stands in a file of tests. What tests put
// into the fields of the package, and how they stand in for its types, says
// nothing of how it runs otherwise.
func (p *pkg) isTest(fn *ssa.Function) bool {
	return p.mixed && p.inTestFile(fn)
}

// inTestFile is isTest for packages of tests alone, too.
func (p *pkg) inTestFile(fn *ssa.Function) bool {
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	return testfile.At(p.fset, fn.Pos())
}

// uncalled reports whether a function is a test that nothing but package testing
// calls: nobody wants to know what it does to locks.
func (p *pkg) uncalled(fn *ssa.Function) bool {
	sig := fn.Signature
	if fn.Parent() != nil || sig.Recv() != nil || sig.Params().Len() != 1 || sig.Results().Len() > 0 || !strings.HasPrefix(fn.Name(), "Test") {
		return false
	}
	return !p.used[fn] && p.isTest(fn)
}

// indexUses notes the functions that are used, and the function literals
// without captured variables that are more than called; those with are values
// of their own.
func (p *pkg) indexUses(i ssa.Instruction, spawn bool) {
	if _, ok := i.(*ssa.DebugRef); ok {
		return
	}
	p.ops = i.Operands(p.ops[:0])
	for k, op := range p.ops {
		fn, ok := (*op).(*ssa.Function)
		if ok {
			p.used[fn] = true
		}
		if ok && fn.Parent() != nil {
			if _, call := i.(ssa.CallInstruction); spawn || !call || k > 0 {
				p.passedOn[fn] = true
			}
		}
	}
}

// indexCall counts the acquisitions of each class.
func (p *pkg) indexCall(c *ssa.CallCommon) {
	var o op
	var recv ssa.Value
	if c.IsInvoke() {
		o, recv = syncMethod(c.Method), c.Value
	} else if fn, ok := c.Value.(*ssa.Function); ok && len(c.Args) > 0 {
		m, _ := fn.Object().(*types.Func)
		o, recv = syncMethod(m), c.Args[0]
	}
	if m := o.acquires(); m != 0 || o == opTryLock || o == opTryRLock {
		c := p.class(recv)
		if a := p.alias(c); a.class != "" {
			c = a.class
		}
		p.locked[c]++
		if m == Write { // who only tries keeps nobody out while there are readers
			p.writers[c] = true
		}
	}
}

// indexStore notes what is assigned to fields and globals that hold
// interfaces, functions or conditions.
func (p *pkg) indexStore(s *ssa.Store) {
	switch s.Val.Type().Underlying().(type) {
	case *types.Interface, *types.Signature, *types.Pointer:
	default:
		return
	}
	if _, ok := s.Addr.(*ssa.Alloc); ok {
		return
	}
	if c := p.class(s.Addr); c != "" {
		p.stores[c] = append(p.stores[c], s.Val)
	}
}

// onlyCalled reports whether a closure is nowhere used but called or deferred
// in the function that makes it, perhaps through a variable.
func (p *pkg) onlyCalled(mc *ssa.MakeClosure) bool { return p.calledOnly(mc, 0) }

func (p *pkg) calledOnly(v ssa.Value, depth int) bool {
	if v.Referrers() == nil || depth > 4 {
		return false
	}
	for _, r := range *v.Referrers() {
		switch r := r.(type) {
		case *ssa.Call:
			if r.Call.Value != v && !p.knownCallback(r, v) {
				return false
			}
		case *ssa.Defer:
			if r.Call.Value != v {
				return false
			}
		case *ssa.DebugRef:
		case *ssa.Store:
			a, ok := r.Addr.(*ssa.Alloc)
			if !ok || r.Val != v || p.cellOf(a).only == nil || !p.cellCalledOnly(a, depth+1) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// cellCalledOnly: all loads of the variable are calls.
func (p *pkg) cellCalledOnly(addr ssa.Value, depth int) bool {
	if depth > 4 || addr.Referrers() == nil {
		return false
	}
	for _, r := range *addr.Referrers() {
		switch r := r.(type) {
		case *ssa.Store, *ssa.DebugRef:
		case *ssa.UnOp:
			if !p.calledOnly(r, depth+1) {
				return false
			}
		case *ssa.MakeClosure:
			if !p.calledOnly(r, depth+1) {
				return false
			}
			fn := r.Fn.(*ssa.Function)
			for i, b := range r.Bindings {
				if b == addr && !p.cellCalledOnly(fn.FreeVars[i], depth+1) {
					return false
				}
			}
		default:
			return false
		}
	}
	return true
}

// knownCallback reports whether a callee is known to call the function it is
// given, and do no more with it.
func (p *pkg) knownCallback(c *ssa.Call, v ssa.Value) bool {
	fn := c.Call.StaticCallee()
	if fn == nil {
		return false
	}
	if m, ok := fn.Object().(*types.Func); ok && syncMethod(m) == opOnceDo {
		return true
	}
	for i, a := range c.Call.Args {
		if a == v && p.effectsOf(fn).runs(fmt.Sprintf("p%d", i)) {
			return true
		}
	}
	return false
}
