package extract

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/library"
	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Error variables of a package, as io.EOF, are set once, before anything runs,
// and then say by their identity what happened: they are constants, different
// from nil and from each other. Of those that other packages declare this is
// taken for granted.

// sentinelTag is the dynamic type of what errors.New makes.
const sentinelTag = "*errors.errorString"

// findSentinels finds the error variables of the package in hand that its
// initialisation sets, once, to a new error, and that are only read elsewhere.
func (p *program) findSentinels(g *graph) {
	set := map[*ssa.Global]int{}
	spoilt := map[*ssa.Global]bool{}
	g.eachGlobal(func(in ssa.Instruction, v *ssa.Global) {
		if !isErrorVar(v) || isRead(in) {
			return
		}
		if st, ok := in.(*ssa.Store); ok && st.Addr == ssa.Value(v) && initially(st) && isNewError(st.Val) {
			set[v]++
			return
		}
		spoilt[v] = true
	})
	for v, n := range set {
		p.sentinels[v] = n == 1 && !spoilt[v]
	}
}

func isErrorVar(v *ssa.Global) bool {
	ptr, ok := v.Type().(*types.Pointer)
	return ok && types.Identical(ptr.Elem(), errorType)
}

func isRead(in ssa.Instruction) bool {
	switch in := in.(type) {
	case *ssa.UnOp:
		return in.Op == token.MUL
	case *ssa.DebugRef:
		return true
	}
	return false
}

func isNewError(v ssa.Value) bool {
	c, ok := v.(*ssa.Call)
	if !ok || c.Call.StaticCallee() == nil {
		return false
	}
	switch fullName(c.Call.StaticCallee()) {
	case "errors.New", "fmt.Errorf":
		return true
	}
	return false
}

// globalValue translates the load of a package-level variable whose value is known.
func (b *builder) globalValue(v *ssa.UnOp) bool {
	g, ok := v.X.(*ssa.Global)
	if !ok {
		return false
	}
	if b.fixedValue(v, g) {
		return true
	}
	name := g.RelString(nil)
	tag, known := library.Global(name)
	if !known && isErrorVar(g) && (g.Pkg != b.p.in.Pkg || b.p.sentinels[g]) {
		tag, known = sentinelTag, true
	}
	if !known {
		return false
	}
	b.p.libraryType(tag)
	b.emit(skeleton.Instr{Op: skeleton.Iface, Dst: b.reg(v), Tag: tag, Args: []skeleton.Arg{skeleton.Str(name)}, Pos: b.pos(v.Pos()), N: b.privacy(v)})
	return true
}
