package lazyssa

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// Two calls of a pure function with the same operands are one: whoever tests a
// condition twice, as in
//
//	if !deadline.IsZero() { … }
//	if deadline.IsZero() { … }
//
// gets the same answer twice. Here the second call's uses become those of the
// first, where that dominates it. Must, within a function: an operand is the same
// if it is the same SSA value, an equal constant, or read from a variable that is
// written once, as parameters are that function literals capture.

// pure are functions of the standard library whose results depend on nothing but
// the values of their operands.
var pure = map[string]bool{
	"(time.Time).IsZero": true, "(time.Time).Equal": true, "(time.Time).Before": true,
	"(time.Time).After": true, "(time.Time).Compare": true,
	"strings.HasPrefix": true, "strings.HasSuffix": true, "strings.Contains": true,
	"strings.EqualFold": true, "strings.Index": true, "strings.TrimSpace": true,
	"strings.ToLower": true, "strings.ToUpper": true,
	"errors.Is": true, "os.IsNotExist": true, "os.IsExist": true, "os.IsTimeout": true, "os.IsPermission": true,
	"path.Base": true, "path.Ext": true, "path/filepath.Base": true, "path/filepath.Ext": true,
	"unicode.IsSpace": true, "unicode.IsDigit": true, "unicode.IsLetter": true,
}

// maxPure bounds how many calls of a function are compared with one another.
const maxPure = 64

// unifyAll does so in all functions of a package.
func unifyAll(pkg *ssa.Package, files []*ast.File, info *types.Info) {
	for _, f := range files {
		for _, d := range f.Decls {
			if decl, ok := d.(*ast.FuncDecl); ok {
				if obj, _ := info.Defs[decl.Name].(*types.Func); obj != nil {
					if fn := pkg.Prog.FuncValue(obj); fn != nil {
						unify(fn)
					}
				}
			}
		}
	}
	if fn := pkg.Func("init"); fn != nil {
		unify(fn)
	}
}

// unify makes equal calls of pure functions one, in a function and its literals.
func unify(fn *ssa.Function) {
	var calls []*ssa.Call
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			if c, ok := in.(*ssa.Call); ok && len(calls) < maxPure && isPure(c) {
				calls = append(calls, c)
			}
		}
	}
	for i, second := range calls {
		for j, first := range calls {
			if i != j && sameCall(first, second) && before(first, second) {
				replace(second, first)
				break
			}
		}
	}
	for _, lit := range fn.AnonFuncs {
		unify(lit)
	}
}

func isPure(c *ssa.Call) bool {
	callee := c.Call.StaticCallee()
	return callee != nil && callee.Pkg != nil && pure[callee.String()]
}

func sameCall(a, b *ssa.Call) bool {
	if a.Call.StaticCallee() != b.Call.StaticCallee() || len(a.Call.Args) != len(b.Call.Args) {
		return false
	}
	for i, x := range a.Call.Args {
		if !sameOperand(x, b.Call.Args[i]) {
			return false
		}
	}
	return true
}

func sameOperand(x, y ssa.Value) bool {
	if x == y {
		return true
	}
	if cell := loaded(x); cell != nil && cell == loaded(y) && written(cell) == 1 {
		return true
	}
	c, ok := x.(*ssa.Const)
	d, ok2 := y.(*ssa.Const)
	return ok && ok2 && c.Value != nil && d.Value != nil && c.Value.ExactString() == d.Value.ExactString()
}

// loaded is the variable that a value is read from, nil if it is no such value.
func loaded(v ssa.Value) *ssa.Alloc {
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		cell, _ := load.X.(*ssa.Alloc)
		return cell
	}
	return nil
}

// written counts the stores to a variable that function literals may capture,
// many if its address goes elsewhere.
func written(cell ssa.Value) int {
	const many = 2
	n := 0
	for _, r := range *cell.Referrers() {
		switch r := r.(type) {
		case *ssa.DebugRef:
		case *ssa.UnOp:
		case *ssa.Store:
			if r.Val == cell {
				return many
			}
			n++
		case *ssa.MakeClosure:
			for i, b := range r.Bindings {
				if b == cell {
					n += written(r.Fn.(*ssa.Function).FreeVars[i])
				}
			}
		default:
			return many
		}
		if n >= many {
			return many
		}
	}
	return n
}

// before reports whether a call is made whenever another is, before it.
func before(first, second *ssa.Call) bool {
	if first.Block() != second.Block() {
		return first.Block().Dominates(second.Block())
	}
	for _, in := range first.Block().Instrs {
		switch in {
		case ssa.Instruction(first):
			return true
		case ssa.Instruction(second):
			return false
		}
	}
	return false
}

// replace lets what uses one value use another instead.
func replace(old, by *ssa.Call) {
	for _, r := range *old.Referrers() {
		if _, ok := r.(*ssa.DebugRef); ok {
			continue
		}
		for _, op := range r.Operands(nil) {
			if *op == ssa.Value(old) {
				*op = by
			}
		}
		*by.Referrers() = append(*by.Referrers(), r)
	}
	kept := (*old.Referrers())[:0]
	for _, r := range *old.Referrers() {
		if _, ok := r.(*ssa.DebugRef); ok {
			kept = append(kept, r)
		}
	}
	*old.Referrers() = kept
}
