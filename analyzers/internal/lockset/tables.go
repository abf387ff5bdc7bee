package lockset

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// Tables of functions: slices, arrays and maps that a package variable is
// declared with, and from which functions are taken to be called and for nothing
// else. A call through a table is one of each function in it. Must: a table that
// is used in any other way, or that other packages can see, is none.

// tables finds them: the functions of each, by the instructions that put them
// there, and the calls through it.
func (p *pkg) tables() (entries map[ssa.Instruction]*ssa.Global, calls map[*ssa.Global][]ssa.CallInstruction) {
	init := p.ssa.Func("init")
	if init == nil {
		return nil, nil
	}
	all := map[ssa.Instruction]*ssa.Global{}
	seen := map[*ssa.Global]bool{}
	for _, b := range init.Blocks {
		for _, i := range b.Instrs {
			if g := tableOf(i); g != nil && g.Pkg == p.ssa && g.Object() != nil && (!g.Object().Exported() || p.pass.Pkg.Name() == "main") {
				all[i] = g
				seen[g] = true
			}
		}
	}
	if len(all) == 0 {
		return nil, nil
	}
	calls = map[*ssa.Global][]ssa.CallInstruction{}
	var buf [8]*ssa.Value
	for _, fn := range p.fns {
		for _, b := range fn.Blocks {
			for _, i := range b.Instrs {
				for _, op := range i.Operands(buf[:0]) {
					g, ok := (*op).(*ssa.Global)
					if !ok || !seen[g] {
						continue
					}
					through, ok := tableUse(i, g)
					if !ok && fn != init {
						delete(seen, g)
						continue
					}
					calls[g] = append(calls[g], through...)
				}
			}
		}
	}
	entries = map[ssa.Instruction]*ssa.Global{}
	for i, g := range all {
		if seen[g] {
			entries[i] = g
		}
	}
	return entries, calls
}

// tableOf returns the variable in the table of which an instruction of the
// package's initialisation puts a function.
func tableOf(i ssa.Instruction) *ssa.Global {
	var val, table ssa.Value
	switch i := i.(type) {
	case *ssa.Store:
		a, ok := i.Addr.(*ssa.IndexAddr)
		if !ok {
			return nil
		}
		val, table = i.Val, a.X
	case *ssa.MapUpdate:
		val, table = i.Value, i.Map
	default:
		return nil
	}
	if _, ok := val.Type().Underlying().(*types.Signature); !ok {
		return nil
	}
	if g, ok := table.(*ssa.Global); ok {
		return g
	}
	if table.Referrers() == nil {
		return nil
	}
	for _, r := range *table.Referrers() {
		switch r := r.(type) {
		case *ssa.Slice:
			for _, s := range *r.Referrers() {
				if st, ok := s.(*ssa.Store); ok && st.Val == ssa.Value(r) {
					g, _ := st.Addr.(*ssa.Global)
					return g
				}
			}
		case *ssa.Store:
			if r.Val == table {
				g, _ := r.Addr.(*ssa.Global)
				return g
			}
		}
	}
	return nil
}

// tableUse returns the calls to which a use of a table leads, and reports
// whether it leads to nothing else.
func tableUse(i ssa.Instruction, g *ssa.Global) (calls []ssa.CallInstruction, ok bool) {
	var follow func(v ssa.Value, element bool) bool
	follow = func(v ssa.Value, element bool) bool {
		for _, r := range *v.Referrers() {
			switch r := r.(type) {
			case *ssa.DebugRef, *ssa.BinOp:
			case ssa.CallInstruction:
				if b, ok := r.Common().Value.(*ssa.Builtin); ok && b.Name() == "len" {
					continue
				}
				if !element || r.Common().Value != v {
					return false
				}
				for _, a := range r.Common().Args {
					if a == v {
						return false
					}
				}
				calls = append(calls, r)
			case *ssa.IndexAddr:
				if element || r.X != v || !follow(r, false) {
					return false
				}
			case *ssa.UnOp: // of the address of an element
				if element || !follow(r, true) {
					return false
				}
			case *ssa.Index:
				if element || r.X != v || !follow(r, true) {
					return false
				}
			case *ssa.Lookup:
				if element || r.X != v || !follow(r, !r.CommaOk) {
					return false
				}
			case *ssa.Extract:
				if r.Index == 0 && !follow(r, true) {
					return false
				}
			default:
				return false
			}
		}
		return true
	}
	switch i := i.(type) {
	case *ssa.UnOp:
		ok = follow(i, false)
		return calls, ok
	case *ssa.IndexAddr:
		ok = i.X == ssa.Value(g) && follow(i, false)
		return calls, ok
	case *ssa.DebugRef:
		return nil, true
	}
	return nil, false
}

// entry is the function or method that an instruction puts into a table.
func (p *pkg) entry(i ssa.Instruction) *ssa.Function {
	var v ssa.Value
	switch i := i.(type) {
	case *ssa.Store:
		v = i.Val
	case *ssa.MapUpdate:
		v = i.Value
	}
	if c, ok := v.(*ssa.ChangeType); ok {
		v = c.X
	}
	fn, ok := v.(*ssa.Function)
	if !ok {
		return nil
	}
	if m, ok := fn.Object().(*types.Func); ok && fn.Synthetic != "" {
		return p.ssa.Prog.FuncValue(m)
	}
	return fn
}
