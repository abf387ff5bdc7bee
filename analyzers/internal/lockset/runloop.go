package lockset

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// Which goroutine runs what belongs to one object. Much of what an object has is
// only ever touched by the goroutine that serves it, its run loop: locks that are
// taken there in any order are taken in turn.

// servedBy reports whether a method is the run loop of its object: code in sight
// starts it, once for an object that it has just made or got, and it waits for
// work in a loop. May not be certain: that nobody gets the same object twice and
// serves it twice is taken for granted.
func (p *pkg) servedBy(fn *ssa.Function) bool {
	if fn.Signature.Recv() == nil || !waitsInLoop(fn) || p.taken[fn] || p.open(fn) {
		return false
	}
	calls := p.callersOf(fn)
	outer := map[*ssa.Function]bool{}
	for _, c := range calls {
		args := c.Common().Args
		if c.Common().IsInvoke() || len(args) == 0 || !madeOnce(args[0], c.Block()) {
			return false
		}
		o := c.Parent()
		for o.Parent() != nil {
			o = o.Parent()
		}
		if outer[o] {
			return false
		}
		outer[o] = true
	}
	return len(calls) > 0
}

// waitsInLoop reports whether a function waits for channels in a loop.
func waitsInLoop(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, i := range b.Instrs {
			switch i := i.(type) {
			case *ssa.Select:
				if i.Blocking && inLoop(b) {
					return true
				}
			case *ssa.UnOp:
				if i.Op == token.ARROW && inLoop(b) {
					return true
				}
			}
		}
	}
	return false
}

// madeOnce reports whether a value, used in a block, is an object that its
// function, or the one around it, has made or got by a call, outside of loops.
func madeOnce(v ssa.Value, at *ssa.BasicBlock) bool {
	for !inLoop(at) {
		switch x := v.(type) {
		case *ssa.Alloc:
			return true
		case *ssa.Call:
			return true
		case *ssa.Extract:
			v = x.Tuple
		case *ssa.UnOp:
			if x.Op != token.MUL {
				return false
			}
			if _, ok := x.X.(*ssa.FieldAddr); ok {
				v = x.X
				continue
			}
			if v = onlyStore(x.X); v == nil {
				return false
			}
		case *ssa.FieldAddr:
			if !embedded(x) {
				return false
			}
			v = x.X
		case *ssa.FreeVar:
			mc := onlyMaking(x.Parent())
			if mc == nil {
				return false
			}
			for k, free := range x.Parent().FreeVars {
				if free == x {
					v, at = mc.Bindings[k], mc.Block()
				}
			}
		default:
			return false
		}
	}
	return false
}

// embedded reports whether a field is embedded: then it goes with its object.
func embedded(a *ssa.FieldAddr) bool {
	st, ok := a.X.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Struct)
	return ok && st.Field(a.Field).Embedded()
}

// onlyStore returns what the only assignment to a local variable stores, nil if
// there are others.
func onlyStore(addr ssa.Value) ssa.Value {
	if free, ok := addr.(*ssa.FreeVar); ok {
		mc := onlyMaking(free.Parent())
		if mc == nil {
			return nil
		}
		for k, f := range free.Parent().FreeVars {
			if f == free {
				return onlyStore(mc.Bindings[k])
			}
		}
	}
	a, ok := addr.(*ssa.Alloc)
	if !ok {
		return nil
	}
	var stored ssa.Value
	for _, r := range *a.Referrers() {
		if st, ok := r.(*ssa.Store); ok && st.Addr == ssa.Value(a) {
			if c, isConst := st.Val.(*ssa.Const); isConst && c.Value == nil {
				continue // zeroed
			}
			if stored != nil {
				return nil
			}
			stored = st.Val
		}
	}
	return stored
}

// onlyMaking returns the one place where a function literal is made.
func onlyMaking(fn *ssa.Function) *ssa.MakeClosure {
	if fn.Parent() == nil {
		return nil
	}
	var found *ssa.MakeClosure
	for _, b := range fn.Parent().Blocks {
		for _, i := range b.Instrs {
			if mc, ok := i.(*ssa.MakeClosure); ok && mc.Fn == ssa.Value(fn) {
				if found != nil || inLoop(b) {
					return nil
				}
				found = mc
			}
		}
	}
	return found
}

// callersOf returns the calls of a function: those by name and, of a method of
// a confined type, those through interfaces of the package.
func (p *pkg) callersOf(fn *ssa.Function) []ssa.CallInstruction {
	calls := p.callers()[fn]
	recv := fn.Signature.Recv()
	if recv == nil || !p.confined(namedOf(recv.Type())) {
		return calls
	}
	calls = calls[:len(calls):len(calls)]
	for _, c := range p.invokes[fn.Name()] {
		if i, ok := c.Common().Value.Type().Underlying().(*types.Interface); ok && implements(recv.Type(), i) {
			calls = append(calls, c)
		}
	}
	return calls
}

func implements(t types.Type, i *types.Interface) bool {
	if types.Implements(t, i) {
		return true
	}
	_, isPtr := t.Underlying().(*types.Pointer)
	return !isPtr && types.Implements(types.NewPointer(t), i)
}

// open reports whether others than callersOf gives can call a function.
func (p *pkg) open(fn *ssa.Function) bool {
	if recv := fn.Signature.Recv(); recv != nil && p.confined(namedOf(recv.Type())) {
		return false
	}
	return p.reachable(fn)
}

// confined reports whether only the package in hand can call the methods of a
// type: it is not exported, not embedded in another and only ever put into
// interfaces that the package declares and does not export.
func (p *pkg) confined(t *types.Named) bool {
	if t == nil || t.TypeParams() != nil || t.Obj().Exported() || t.Obj().Pkg() != p.pass.Pkg {
		return false
	}
	if p.loose == nil {
		p.findLoose()
	}
	return !p.loose[t.Obj()]
}

// findLoose finds the types that others may get hold of.
func (p *pkg) findLoose() {
	p.loose = map[*types.TypeName]bool{}
	note := func(t types.Type) {
		if n := namedOf(t); n != nil {
			p.loose[n.Obj()] = true
		}
	}
	scope := p.pass.Pkg.Scope()
	for _, name := range scope.Names() {
		switch o := scope.Lookup(name).(type) {
		case *types.TypeName:
			if st, ok := o.Type().Underlying().(*types.Struct); ok {
				for f := range st.Fields() {
					if f.Embedded() || f.Exported() && o.Exported() {
						note(f.Type())
					}
				}
			}
		case *types.Func:
			if o.Exported() {
				noteResults(o.Signature(), note)
			}
		case *types.Var:
			if o.Exported() {
				note(o.Type())
			}
		}
	}
	for _, fn := range p.fns {
		if obj, ok := fn.Object().(*types.Func); ok && obj.Exported() && fn.Signature.Recv() != nil {
			noteResults(fn.Signature, note)
		}
		if p.isTest(fn) {
			continue
		}
		for _, b := range fn.Blocks {
			for _, i := range b.Instrs {
				if mi, ok := i.(*ssa.MakeInterface); ok && !p.ownInterface(mi.Type()) {
					note(mi.X.Type())
				}
			}
		}
	}
}

func noteResults(sig *types.Signature, note func(types.Type)) {
	for v := range sig.Results().Variables() {
		note(v.Type())
	}
}

// ownInterface reports whether an interface is one that the package declares
// for itself.
func (p *pkg) ownInterface(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Pkg() == p.pass.Pkg && !n.Obj().Exported()
}
