package extract

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Openings are functions that start goroutines for an object: constructors, and
// methods like Start. For each there is a root that opens an object and drops
// it, and one for every method that may end the goroutines, which calls it in
// between. Exploring these tells which method does:
//
//	opens:NewPool:              opens:NewPool→Close:
//		%0 = call NewPool …         %0 = call NewPool …
//		return                      call (*Pool).Close %0
//		                            return
//
// May: whether a method has anything to do with it is seen by exploration only.
//
// Of other packages the constructors and methods are known whose skeletons a fact
// holds.
//
// Bounds: maxEndings methods, openingDepth levels of static calls. Ignored:
// generic types, methods with several parameters.

const (
	maxEndings   = 8
	openingDepth = 3
)

// Opening is a function that starts goroutines for an object.
type Opening struct {
	Name    string // in the user's words: NewPool, Pool.Start
	Drop    string // the function that opens an object and drops it
	Endings []Ending

	own string // what the names of the object's methods begin with, if the opening is one
}

// By reports whether the function that calls the opening is, or is part of, a method of
// the object: it works for whoever has the object, and does not drop it.
func (o *Opening) By(caller string) bool { return o.own != "" && strings.HasPrefix(caller, o.own) }

// Ending is a method that may end what an opening starts.
type Ending struct {
	Method string // Close
	Func   string // the function that opens an object, calls the method, and drops the object
}

// opener is an opening before it is built.
type opener struct {
	fn    *ssa.Function
	maker *ssa.Function // what makes the object: the function itself, another one, nil for the zero value
	named *types.Named
	ends  []*ssa.Function
}

// openers finds those of the package, in the order of their positions.
func (g *graph) openers() []opener {
	var out []opener
	ends := map[*types.Named][]*ssa.Function{}
	for _, fn := range g.funcs {
		obj, ok := fn.Object().(*types.Func)
		if !ok || fn.Parent() != nil || fn.TypeParams().Len() > 0 || g.info[fn].instance || g.info[fn].wrapper || g.inTest(obj) || !g.within(fn, openingDepth, isGo) {
			continue
		}
		named := opened(obj)
		if named == nil {
			continue
		}
		if _, ok := ends[named]; !ok {
			ends[named] = g.endsOf(named)
		}
		o := opener{fn: fn, maker: fn, named: named}
		if obj.Signature().Recv() != nil {
			o.maker = nil
			if made := g.makersOf(named); len(made) > 0 {
				o.maker = made[0]
			}
		}
		o.ends = slices.DeleteFunc(slices.Clone(ends[named]), func(m *ssa.Function) bool { return m == fn })
		if len(o.ends) > 0 {
			out = append(out, o)
		}
	}
	return out
}

// foreignOpeners finds the constructors of other packages that are called.
func (g *graph) foreignOpeners() []opener {
	var out []opener
	seen := map[*ssa.Function]bool{}
	for _, fn := range g.funcs {
		for _, b := range fn.Blocks {
			for _, in := range b.Instrs {
				c, ok := in.(ssa.CallInstruction)
				if !ok {
					continue
				}
				f := c.Common().StaticCallee()
				if f == nil || f.Blocks != nil || seen[f] {
					continue
				}
				seen[f] = true
				obj, ok := f.Object().(*types.Func)
				if !ok || obj.Signature().Recv() != nil || !g.p.foreignWithin(f, func(op skeleton.Op) bool { return op == skeleton.Spawn }) {
					continue
				}
				if named := opened(obj); named != nil {
					if ends := g.foreignEndsOf(named); len(ends) > 0 {
						out = append(out, opener{fn: f, maker: f, named: named, ends: ends})
					}
				}
			}
		}
	}
	return out
}

// foreignEndsOf is endsOf for a type of another package.
func (g *graph) foreignEndsOf(named *types.Named) []*ssa.Function {
	var out []*ssa.Function
	for i := range named.NumMethods() {
		m := named.Method(i)
		if _, isPtr := m.Signature().Recv().Type().(*types.Pointer); !isPtr || !m.Exported() || m.Signature().Params().Len() > 1 {
			continue
		}
		if fn := g.p.prog.FuncValue(m); fn != nil && len(out) < maxEndings && g.p.foreignWithin(fn, signalsOp) {
			out = append(out, fn)
		}
	}
	return out
}

// foreignWithin reports whether a function of another package, or what it refers
// to so many levels deep, has such an operation.
func (p *program) foreignWithin(fn *ssa.Function, such func(skeleton.Op) bool) bool {
	t := p.resolve(fn)
	return t.foreign && p.skeletonWithin(t.model, openingDepth, such)
}

func (p *program) skeletonWithin(f *skeleton.Func, depth int, such func(skeleton.Op) bool) bool {
	for _, b := range f.Blocks {
		for i := range b {
			if such(b[i].Op) {
				return true
			}
			for _, a := range b[i].Args {
				if a.Kind != skeleton.ArgFunc || depth <= 1 {
					continue
				}
				if callee := p.model(a.S); callee != nil && p.skeletonWithin(callee, depth-1, such) {
					return true
				}
			}
		}
	}
	return false
}

// signalsOp reports whether an operation may tell a goroutine to end.
func signalsOp(op skeleton.Op) bool {
	switch op {
	case skeleton.Close, skeleton.Cancel, skeleton.Send, skeleton.Select, skeleton.Broadcast, skeleton.Signal:
		return true
	}
	return false
}

// opened is the struct type of its package whose object a function returns, or
// whose method it is; nil if there is none.
func opened(fn *types.Func) *types.Named {
	sig := fn.Signature()
	var t types.Type
	switch {
	case sig.Recv() != nil:
		t = sig.Recv().Type()
	case sig.Results().Len() == 1, sig.Results().Len() == 2 && types.Identical(sig.Results().At(1).Type(), errorType):
		t = sig.Results().At(0).Type()
	default:
		return nil
	}
	named, ok := deref(t).(*types.Named)
	if !ok || named.Obj().Pkg() != fn.Pkg() || named.TypeParams().Len() > 0 {
		return nil
	}
	if _, ok := named.Underlying().(*types.Struct); !ok {
		return nil
	}
	return named
}

// endsOf are the methods that may end goroutines of an object: they signal
// something, and need at most one argument.
func (g *graph) endsOf(named *types.Named) []*ssa.Function {
	var out []*ssa.Function
	for i := range named.NumMethods() {
		fn := g.p.prog.FuncValue(named.Method(i))
		if fn == nil || fn.Blocks == nil || len(fn.Params) > 2 || g.inTest(named.Method(i)) {
			continue
		}
		if _, isPtr := fn.Params[0].Type().(*types.Pointer); isPtr && g.within(fn, openingDepth, g.signals) {
			out = append(out, fn)
		}
	}
	out = sortedFuncs(out)
	return out[:min(len(out), maxEndings)]
}

// within reports whether a function, its literals, or what it calls so many
// levels deep, has such an instruction.
func (g *graph) within(fn *ssa.Function, depth int, such func(ssa.Instruction) bool) bool {
	for _, b := range fn.Blocks {
		if slices.ContainsFunc(b.Instrs, such) {
			return true
		}
	}
	if depth <= 1 || g.info[fn] == nil {
		return false
	}
	for _, u := range g.info[fn].uses {
		if g.within(u, depth-1, such) {
			return true
		}
	}
	return false
}

func isGo(in ssa.Instruction) bool {
	_, ok := in.(*ssa.Go)
	return ok
}

// signals reports whether an instruction may tell a goroutine to end.
func (g *graph) signals(in ssa.Instruction) bool {
	switch v := in.(type) {
	case *ssa.Send:
		return true
	case *ssa.Select:
		return slices.ContainsFunc(v.States, func(s *ssa.SelectState) bool { return s.Dir == types.SendOnly })
	case ssa.CallInstruction:
		c := v.Common()
		switch f := c.Value.(type) {
		case *ssa.Builtin:
			return f.Name() == "close"
		case *ssa.Function:
			obj, ok := f.Object().(*types.Func)
			return ok && obj.Pkg() != nil && obj.Pkg() != g.p.pkg && (obj.Pkg().Path() == "sync" || obj.Pkg().Path() == "sync/atomic" || obj.Name() == "Close" || obj.Name() == "Stop")
		}
		return !c.IsInvoke() && c.StaticCallee() == nil && c.Signature().Params().Len() == 0 // a cancel function
	}
	return false
}

// openerEntries are the functions that openings call: slicing starts from them, too.
func openerEntries(list []opener) []*ssa.Function {
	var out []*ssa.Function
	for _, o := range list {
		if out = append(out, o.fn); o.maker != nil && o.maker != o.fn {
			out = append(out, o.maker)
		}
		out = append(out, o.ends...)
	}
	return out
}

// nameOpenings refers to what openings call, so that it is built.
func (p *program) nameOpenings(list []opener) {
	for _, fn := range openerEntries(list) {
		if fn.Blocks == nil || p.world.active[fn] {
			p.funcValue(fn)
		}
	}
}

// addOpenings adds the roots of all openings.
func (p *program) addOpenings(pkg *Package, list []opener) {
	built := func(fn *ssa.Function) bool { return fn == nil || p.out.Funcs[p.nameOf(fn)] != nil }
	pkg.Openings = map[string]*Opening{}
	for _, o := range list {
		if !built(o.fn) || !built(o.maker) {
			continue
		}
		b := &clientBuilder{p: p, c: &clientType{named: o.named}, maker: o.maker, name: o.fn.Name(), alone: true}
		out := &Opening{Name: o.fn.Name()}
		if o.fn != o.maker {
			out.Name = o.named.Obj().Name() + "." + out.Name
		}
		if name := p.nameOf(o.fn); o.fn.Signature.Recv() != nil {
			out.own = strings.TrimSuffix(name, o.fn.Name())
		}
		if pkg := o.named.Obj().Pkg(); pkg != p.pkg {
			out.Name = pkg.Name() + "." + out.Name
		}
		out.Drop = b.open(o, nil)
		for _, m := range o.ends {
			if built(m) {
				out.Endings = append(out.Endings, Ending{m.Name(), b.open(o, m)})
			}
		}
		if len(out.Endings) > 0 {
			pkg.Openings[p.nameOf(o.fn)] = out
		}
	}
}

// nameOf is the name that a function has in the program.
func (p *program) nameOf(fn *ssa.Function) string {
	if t := p.resolve(fn); t.model != nil {
		return t.name
	}
	return p.names[fn]
}

// open adds the function that opens an object, calls a method that may end what
// was started, unless that is nil, and drops the object.
func (b *clientBuilder) open(o opener, end *ssa.Function) string {
	name := "opens:" + b.p.nameOf(o.fn)
	if end != nil {
		name += "→" + end.Name()
	}
	f := newClientFunc(name, b.name, b.p.pos(o.fn.Pos()))
	object := b.make(f)
	if o.fn != o.maker {
		b.invoke(f, object, o.fn)
	}
	if end != nil {
		b.invoke(f, object, end)
	}
	f.end(skeleton.Instr{Op: skeleton.Return})
	b.p.addClientFunc(f)
	return name
}
