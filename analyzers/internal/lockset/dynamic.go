package lockset

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Interface calls, and the summaries of functions of other packages.

// fromHere reports whether the package converts something to the interface of
// an invoke.
func (p *pkg) fromHere(c *ssa.CallCommon) bool {
	n, _ := types.Unalias(c.Value.Type()).(*types.Named)
	if n == nil {
		return false
	}
	for _, t := range p.concrete[n.Origin()] {
		if fn := p.method(t, c.Method); fn != nil && p.effectsOf(fn).touches() {
			return true
		}
	}
	return false
}

// effectsOf returns the effects of any function: computed here, or the fact.
func (p *pkg) effectsOf(fn *ssa.Function) *Effects {
	if o := fn.Origin(); o != nil {
		fn = o
	}
	if fn.Pkg == p.ssa || fn.Pkg == nil && len(fn.Blocks) > 0 {
		return p.summary(fn)
	}
	m, _ := fn.Object().(*types.Func)
	if m == nil {
		return noEffects
	}
	if e, ok := p.facts[m]; ok {
		return e
	}
	e := new(Effects)
	if !p.pass.ImportObjectFact(m.Origin(), e) {
		e = p.libraryEffects(fn)
	}
	p.facts[m] = e
	return e
}

// target pairs a function with what it is given.
func (p *pkg) target(fn *ssa.Function, args, bindings []ssa.Value) *target {
	return &target{name: funcName(fn), fn: fn, effects: p.effectsOf(fn), args: args, bindings: bindings}
}

// dynamicTargets resolves an interface call: the dynamic type is known where
// the value was made in sight, where the field it was loaded from only ever
// gets one type, or where one type of the package alone is converted to an
// interface the package declares.
func (p *pkg) dynamicTargets(f *frame, c *ssa.CallCommon) []*target {
	if syncMethod(c.Method) != opNone {
		return nil
	}
	t := p.dynamicType(f, c.Value, 0)
	if t == nil {
		return nil
	}
	fn := p.method(t, c.Method)
	if fn == nil {
		return nil
	}
	tg := p.target(fn, append([]ssa.Value{c.Value}, c.Args...), nil)
	if tg.effects.empty() {
		return nil
	}
	return []*target{tg}
}

func (p *pkg) dynamicType(f *frame, v ssa.Value, depth int) types.Type {
	if depth > 4 {
		return nil
	}
	switch v := v.(type) {
	case *ssa.MakeInterface:
		return v.X.Type()
	case *ssa.ChangeInterface:
		if t := p.dynamicType(f, v.X, depth+1); t != nil {
			return t
		}
	case *ssa.UnOp:
		if v.Op == token.MUL {
			if cell := f.cell(v.X); cell != nil {
				if t := p.dynamicType(f, cell, depth+1); t != nil {
					return t
				}
			}
			if t := p.storedType(v.X); t != nil {
				return t
			}
		}
	}
	n, _ := types.Unalias(v.Type()).(*types.Named)
	if n == nil || n.Obj().Pkg() != p.pass.Pkg {
		return nil
	}
	if ts := p.concrete[n.Origin()]; len(ts) == 1 && (!n.Obj().Exported() || p.pass.Pkg.Name() == "main" || p.hidden(n)) {
		return ts[0]
	}
	return nil
}

// hidden reports whether only this package can implement an interface.
func (p *pkg) hidden(n *types.Named) bool {
	i, _ := n.Underlying().(*types.Interface)
	if i == nil {
		return false
	}
	for k := range i.NumMethods() {
		if !i.Method(k).Exported() {
			return true
		}
	}
	return false
}

// storedType returns the one type that the package ever assigns to an
// unexported field or global.
func (p *pkg) storedType(addr ssa.Value) types.Type {
	c := p.class(addr)
	if c == "" || ast.IsExported(c[strings.LastIndexByte(c, '.')+1:]) {
		return nil
	}
	var t types.Type
	for _, v := range p.stores[c] {
		mi, ok := v.(*ssa.MakeInterface)
		if !ok {
			if k, ok := v.(*ssa.Const); ok && k.IsNil() {
				continue
			}
			return nil
		}
		if t != nil && !types.Identical(t, mi.X.Type()) {
			return nil
		}
		t = mi.X.Type()
	}
	return t
}

// methodNamed finds a method of a type by name, also of other packages.
func (p *pkg) methodNamed(t types.Type, name string) *ssa.Function {
	ms := p.ssa.Prog.MethodSets.MethodSet(t)
	for i := range ms.Len() {
		sel := ms.At(i)
		if fn, ok := sel.Obj().(*types.Func); ok && fn.Name() == name && len(sel.Index()) == 1 {
			return p.ssa.Prog.FuncValue(fn.Origin())
		}
	}
	return nil
}
