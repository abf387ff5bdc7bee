package extract

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/testfile"
)

// The types whose objects are explored with clients (see clients.go): those of
// the package that others can make, by a constructor or as a zero value, and
// that have exported methods. May: what cannot matter shows later, when slicing
// knows which methods have an effect.
//
// Bounds: maxClientMethods of a type, maxMakers constructors, maxStarters methods
// that begin the object's work. Ignored: generic types, constructors that return
// one of several types as an interface.

const (
	maxClientMethods = 12
	maxMakers        = 2
	maxStarters      = 2
)

// clientType is a type with what makes its objects and what they can do.
type clientType struct {
	named    *types.Named
	makers   []*ssa.Function // none: the zero value is usable
	methods  []*ssa.Function // exported, in the order of their positions
	starters []*ssa.Function // of these, those that start goroutines or make channels
	behind   bool            // an interface that it embeds has methods that make channels, which clients do not call
	getters  []*ssa.Function // what else may be called further on: what is exported and returns a channel, or gives the handle
	uses     map[*ssa.Function]fieldUse
	acts     map[*ssa.Function]bool // methods that do something about concurrency themselves
	foreign  bool                   // code that is reached in another way can touch the objects, too

	// With a handle (see clienthandles.go):
	gives  *ssa.Function // the method that returns it
	gift   types.Type    // what it returns
	handle *types.Named  // the type of the object it points to; nil: a channel
	first  *ssa.Function // begins the object's work before; may be nil
}

// clientTypes finds them.
func (g *graph) clientTypes() []*clientType {
	var out []*clientType
	scope := g.p.pkg.Scope()
	for _, name := range scope.Names() {
		obj, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || obj.IsAlias() || g.inTest(obj) {
			continue
		}
		named, ok := obj.Type().(*types.Named)
		if !ok || named.TypeParams().Len() > 0 {
			continue
		}
		if _, ok := named.Underlying().(*types.Struct); !ok {
			continue
		}
		c := &clientType{named: named, methods: g.exportedMethods(named)}
		if len(c.methods) == 0 {
			continue
		}
		c.makers = g.makersOf(named)
		if c.methods = g.inSight(c.methods, c.makers, obj); len(c.methods) == 0 {
			continue
		}
		if len(c.makers) == 0 && !(obj.Exported() && g.zeroUsable(named)) {
			continue
		}
		if !slices.ContainsFunc(append(slices.Clone(c.makers), c.methods...), g.concerns) {
			continue
		}
		reached := g.reached(c)
		if !g.synchronized(reached) {
			continue
		}
		c.starters = g.startersOf(c.methods)
		c.behind = g.startsBehind(named)
		c.foreign = g.foreign(c, reached) || g.worksAbroad(named)
		c.uses = map[*ssa.Function]fieldUse{}
		c.acts = map[*ssa.Function]bool{}
		for _, fn := range c.methods {
			c.uses[fn] = g.fieldUseOf(fn, named)
			c.acts[fn] = g.acts(fn)
		}
		out = append(out, c)
	}
	for _, c := range slices.Clone(out) {
		out = append(out, g.handlesOf(c)...)
	}
	return out
}

func (g *graph) inTest(obj types.Object) bool { return g.p.testAt(obj.Pos()) }

func (g *graph) testFunc(fn *ssa.Function) bool { return g.p.testAt(outermost(fn).Pos()) }

// testAt reports whether a position is in a file of tests.
func (p *program) testAt(pos token.Pos) bool {
	return testfile.At(p.in.Fset, pos)
}

// concerns reports whether a function makes a channel or starts a goroutine,
// itself or through what it uses.
func (g *graph) concerns(fn *ssa.Function) bool {
	n := g.info[fn]
	return n != nil && n.reaches
}

// exportedMethods are those that clients can call, promoted ones of the package's own types included.
func (g *graph) exportedMethods(named *types.Named) []*ssa.Function {
	var out []*ssa.Function
	set := g.p.prog.MethodSets.MethodSet(types.NewPointer(named))
	for i := range set.Len() {
		sel := set.At(i)
		obj, ok := sel.Obj().(*types.Func)
		if !ok || obj.Pkg() != g.p.pkg || g.inTest(obj) || types.IsInterface(obj.Signature().Recv().Type()) {
			continue
		}
		if fn := g.p.prog.MethodValue(sel); fn != nil && fn.Blocks != nil && (obj.Exported() || g.handles(fn)) {
			out = append(out, fn)
		}
	}
	return sortedFuncs(out)
}

// acts reports whether a function does something about concurrency itself.
func (g *graph) acts(fn *ssa.Function) bool {
	return slices.ContainsFunc(fn.Blocks, func(b *ssa.BasicBlock) bool { return slices.ContainsFunc(b.Instrs, g.synchronizes) })
}

// handles reports whether a method is registered as a handler of HTTP requests,
// each of which is served by a goroutine of its own.
func (g *graph) handles(fn *ssa.Function) bool {
	params, n := fn.Signature.Params(), g.info[fn]
	if n == nil || params.Len() != 2 || !g.acts(fn) || typeName(params.At(0).Type()) != "net/http.ResponseWriter" || typeName(deref(params.At(1).Type())) != "net/http.Request" {
		return false
	}
	return n.taken || slices.ContainsFunc(n.calls, func(c ssa.CallInstruction) bool {
		by := g.info[c.Parent()]
		return by != nil && by.wrapper && by.taken
	})
}

// inSight are the methods that those who use the object know: of a type that is
// not exported those of the interfaces as which its constructors return it.
func (g *graph) inSight(methods, makers []*ssa.Function, obj *types.TypeName) []*ssa.Function {
	if obj.Exported() || len(makers) == 0 {
		return methods
	}
	return slices.DeleteFunc(methods, func(fn *ssa.Function) bool {
		return !g.handles(fn) && !slices.ContainsFunc(makers, func(m *ssa.Function) bool {
			t := m.Signature.Results().At(0).Type()
			found, _, _ := types.LookupFieldOrMethod(t, true, g.p.pkg, fn.Name())
			return found != nil
		})
	})
}

// returned is the type of the object that a constructor returns: behind an
// interface that which all its returns give.
func returned(fn *ssa.Function) types.Type {
	t := fn.Signature.Results().At(0).Type()
	if !types.IsInterface(t) {
		return t
	}
	t = nil
	for _, b := range fn.Blocks {
		r, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok || isNil(r.Results[0]) {
			continue
		}
		m, ok := r.Results[0].(*ssa.MakeInterface)
		if !ok || t != nil && !types.Identical(t, m.X.Type()) {
			return nil
		}
		t = m.X.Type()
	}
	return t
}

// makersOf are the exported functions that return a new object of the type: its
// address or value alone, or with an error.
func (g *graph) makersOf(named *types.Named) []*ssa.Function {
	if g.makers == nil {
		g.findMakers()
	}
	out := slices.Clone(g.makers[named])
	// Those that have to do with goroutines tell more.
	slices.SortStableFunc(out, func(a, b *ssa.Function) int {
		switch x, y := g.concerns(a), g.concerns(b); {
		case x == y:
			return 0
		case x:
			return -1
		}
		return 1
	})
	return out[:min(len(out), maxMakers)]
}

// findMakers finds the functions that makersOf chooses from, by the type.
func (g *graph) findMakers() {
	g.makers = map[*types.Named][]*ssa.Function{}
	for _, fn := range g.funcs {
		obj, ok := fn.Object().(*types.Func)
		if !ok || fn.Parent() != nil || !obj.Exported() || obj.Signature().Recv() != nil || g.info[fn].instance || g.inTest(obj) {
			continue
		}
		res := obj.Signature().Results()
		if res.Len() == 0 || res.Len() > 2 || fn.TypeParams().Len() > 0 {
			continue
		}
		t := returned(fn)
		if t == nil || res.Len() == 2 && !types.Identical(res.At(1).Type(), errorType) {
			continue
		}
		if named, ok := types.Unalias(deref(t)).(*types.Named); ok && named.TypeArgs().Len() == 0 {
			g.makers[named] = append(g.makers[named], fn)
		}
	}
}

// zeroUsable reports whether nobody in the package makes objects of the type in
// a way of its own.
func (g *graph) zeroUsable(named *types.Named) bool {
	if g.allocated == nil {
		g.allocated = map[types.Type]bool{}
		for _, fn := range g.funcs {
			if g.testFunc(fn) || fn.Synthetic != "" {
				continue
			}
			for _, b := range fn.Blocks {
				for _, in := range b.Instrs {
					if a, ok := in.(*ssa.Alloc); ok {
						g.allocated[types.Unalias(deref(a.Type()))] = true
					}
				}
			}
		}
	}
	return !g.allocated[named]
}

// startersOf are the methods that begin something: they start goroutines or
// keep a channel that they make.
func (g *graph) startersOf(methods []*ssa.Function) []*ssa.Function {
	var out []*ssa.Function
	for _, fn := range methods {
		if len(out) < maxStarters && (g.starts(fn, 2) || loops(fn)) {
			out = append(out, fn)
		}
	}
	return out
}

// starts looks into so many levels of static calls.
func (g *graph) starts(fn *ssa.Function, depth int) bool {
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			switch v := in.(type) {
			case *ssa.Go:
				return true
			case *ssa.Store:
				if _, ok := v.Val.(*ssa.MakeChan); ok {
					if _, ok := v.Addr.(*ssa.FieldAddr); ok {
						return true
					}
				}
			case *ssa.MapUpdate:
				if _, ok := v.Value.(*ssa.MakeChan); ok {
					return true
				}
			case *ssa.Call:
				if f := v.Call.StaticCallee(); f != nil && depth > 1 && g.info[f] != nil && g.starts(f, depth-1) {
					return true
				}
			}
		}
	}
	return false
}

// loops reports whether a function serves channels in a loop of its own, for
// which its caller has it run in a goroutine: each round begins with waiting.
func loops(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, succ := range b.Succs {
			if succ.Dominates(b) && slices.ContainsFunc(succ.Instrs, waits) {
				return true
			}
		}
	}
	return false
}

func waits(in ssa.Instruction) bool {
	switch v := in.(type) {
	case *ssa.Select:
		return v.Blocking
	case *ssa.UnOp:
		return isRecv(v)
	}
	return false
}
