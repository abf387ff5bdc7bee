package extract

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/lazyssa"
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
		if st, ok := in.(*ssa.Store); ok && st.Addr == ssa.Value(v) && initially(st) && p.isNewError(st.Val) {
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

func (p *program) isNewError(v ssa.Value) bool {
	c, ok := v.(*ssa.Call)
	if !ok {
		return false
	}
	made := p.makesError(lazyssa.Named(&c.Call))
	return made != nil && made.Of < 0
}

// makesError tells whether a function, or a variable that is one, makes errors, nil if
// it does not.
func (p *program) makesError(obj types.Object) *lazyssa.MakesError {
	if obj == nil || p.in.Errors == nil {
		return nil
	}
	return p.in.Errors(obj)
}

// readsText notes of a function that makes errors of texts that it only reads them.
func (p *program) readsText(t *target, sig *types.Signature) {
	if t.makes != nil && !t.known && p.takesText(sig) {
		t.known, t.eff = true, library.Effect{Args: string(rune(skeleton.EscapeNone))}
	}
}

// takesText reports whether a function is given nothing but what errors are made
// of: like package fmt it only reads what it may be given as any.
func (p *program) takesText(sig *types.Signature) bool {
	text := func(v *types.Var) bool {
		t := v.Type()
		if s, ok := t.Underlying().(*types.Slice); ok {
			t = s.Elem()
		}
		i, ok := t.Underlying().(*types.Interface)
		return ok && i.Empty() || p.modes.ofType(t) == skeleton.EscapeNone
	}
	for v := range sig.Params().Variables() {
		if !text(v) {
			return false
		}
	}
	return sig.Recv() == nil || text(sig.Recv())
}

// newError translates a call of a function of another package that makes errors.
func (b *builder) newError(made *lazyssa.MakesError, c *ssa.CallCommon, call, havoc skeleton.Instr) {
	if !allNone(havoc.Tag) {
		havoc.Dst, havoc.Layout = skeleton.NoReg, ""
		b.emit(havoc)
	}
	switch {
	case call.Dst == skeleton.NoReg:
	case made.Of < 0:
		b.inline(library.Func("errors.New"), call, []skeleton.Arg{skeleton.Str("")})
	default:
		b.p.addModel(library.WrapError)
		call.Args = []skeleton.Arg{skeleton.Fn(library.WrapError), b.val(c.Args[made.Arg(c)])}
		b.emit(call)
	}
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
