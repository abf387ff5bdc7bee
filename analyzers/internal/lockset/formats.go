package lockset

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/host"
)

// Functions that hand a list of arguments on to fmt or log, as loggers do, so that
// a call of them calls String and Error of what it passes. May: a logger that
// is switched off formats nothing. What is ignored: loggers behind interfaces, and
// lists that are put together anew on the way.

// Format is one list of arguments that a function has formatted.
type Format struct {
	Args   int      // the parameter
	Verbs  int      // the parameter with the format, -1 if each argument is printed
	Except []string // methods: the function may put something else in place of what has one of these
}

// formats finds what a function has formatted of what it is given.
func (p *pkg) formats(fn *ssa.Function) (out []Format) {
	for k, v := range fn.Params {
		if !isArguments(v.Type()) {
			continue
		}
		except, ok := replaced(fn, v)
		if !ok {
			continue
		}
		for _, u := range usesOf(v) {
			c, ok := u.by.(*ssa.Call)
			if !ok || c.Call.StaticCallee() == nil {
				continue
			}
			verbs, ok := p.formatsArg(c.Call.StaticCallee(), slices.Index(c.Call.Args, u.of))
			if !ok {
				continue
			}
			f := Format{Args: k, Verbs: -1, Except: except}
			if verbs {
				// The format is the parameter before, perhaps with something put in front of it.
				if k == 0 || !isString(fn.Params[k-1].Type()) {
					continue
				}
				f.Verbs = k - 1
			}
			out = append(out, f)
			break
		}
	}
	return out
}

// formatsArg reports whether a function formats the list it gets as an argument,
// and whether by the verbs of a format.
func (p *pkg) formatsArg(fn *ssa.Function, arg int) (verbs, ok bool) {
	if m := formatters(fn); m != nil {
		last := fn.Signature.Params().Len() - 1
		if fn.Signature.Recv() != nil {
			last++
		}
		return strings.HasSuffix(fn.Name(), "f"), m[0] == plainFormat[0] && arg == last
	}
	for _, f := range p.effectsOf(fn).Formats {
		if f.Args == arg && len(f.Except) == 0 {
			return f.Verbs >= 0, true
		}
	}
	return false, false
}

// A use is an instruction that uses a value.
type use struct {
	of ssa.Value
	by ssa.Instruction
}

// usesOf lists what a function does with a parameter; one that its closures catch
// it loads from a variable, to which nothing else is assigned.
func usesOf(v *ssa.Parameter) (out []use) {
	for _, r := range *v.Referrers() {
		out = append(out, use{v, r})
		s, ok := r.(*ssa.Store)
		if !ok || s.Val != ssa.Value(v) || !onlyLoaded(s.Addr, s) {
			continue
		}
		for _, r := range *s.Addr.Referrers() {
			if u, ok := r.(*ssa.UnOp); ok {
				for _, r := range *u.Referrers() {
					out = append(out, use{u, r})
				}
			}
		}
	}
	return out
}

// onlyLoaded reports whether a variable is loaded, here and in closures, and gets
// its content from one store.
func onlyLoaded(addr ssa.Value, store *ssa.Store) bool {
	switch addr.(type) {
	case *ssa.Alloc, *ssa.FreeVar:
	default:
		return false
	}
	for _, r := range *addr.Referrers() {
		switch r := r.(type) {
		case *ssa.UnOp, *ssa.DebugRef:
		case *ssa.Store:
			if r != store {
				return false
			}
		case *ssa.MakeClosure:
			fn := r.Fn.(*ssa.Function)
			if k := slices.Index(r.Bindings, addr); k < 0 || !onlyLoaded(fn.FreeVars[k], nil) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// replaced lists the methods by which a function knows the arguments that it puts
// something else in place of; false if it does so for other reasons.
func replaced(fn *ssa.Function, list *ssa.Parameter) (except []string, ok bool) {
	stores := false
	for _, u := range usesOf(list) {
		if a, ok := u.by.(*ssa.IndexAddr); ok {
			stores = stores || slices.ContainsFunc(*a.Referrers(), func(r ssa.Instruction) bool {
				s, ok := r.(*ssa.Store)
				return ok && s.Addr == ssa.Value(a)
			})
		}
	}
	if !stores {
		return nil, true
	}
	for _, b := range fn.Blocks {
		for _, i := range b.Instrs {
			a, ok := i.(*ssa.TypeAssert)
			if !ok {
				continue
			}
			t, ok := a.AssertedType.Underlying().(*types.Interface)
			if !ok {
				return nil, false
			}
			for m := range t.Methods() {
				except = append(except, m.Name())
			}
		}
	}
	return except, len(except) > 0
}

// handedOn returns the arguments that a call has formatted by what the callee
// calls.
func (f *frame) handedOn(fn *ssa.Function, c *ssa.CallCommon) (out []*ssa.MakeInterface) {
	for _, format := range f.pkg.effectsOf(fn).Formats {
		if format.Args >= len(c.Args) {
			continue
		}
		verbs := ""
		if format.Verbs >= 0 {
			var known bool
			if verbs, known = constantVerbs(c.Args[format.Verbs]); !known {
				continue
			}
		}
		for _, a := range asText(c.Args[format.Args], verbs, format.Verbs >= 0) {
			if !slices.ContainsFunc(format.Except, func(m string) bool { return f.pkg.methodNamed(a.X.Type(), m) != nil }) {
				out = append(out, a)
			}
		}
	}
	return out
}

// mayHandOn reports whether a package has functions for others to call with any
// arguments. Of the standard library formatters knows.
func mayHandOn(pass *analysis.Pass) bool {
	if host.Standard(pass.Fset, pass.Pkg, pass.Files) {
		return false
	}
	for _, obj := range pass.TypesInfo.Defs {
		fn, ok := obj.(*types.Func)
		if !ok || !fn.Exported() {
			continue
		}
		if s := fn.Signature(); s.Variadic() && isArguments(s.Params().At(s.Params().Len()-1).Type()) {
			return true
		}
	}
	return false
}

// isArguments reports whether a type is []any.
func isArguments(t types.Type) bool {
	s, ok := t.Underlying().(*types.Slice)
	if !ok {
		return false
	}
	i, ok := s.Elem().Underlying().(*types.Interface)
	return ok && i.Empty()
}

func isString(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}
