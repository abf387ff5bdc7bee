package extract

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// world is what the roots can reach: a class hierarchy analysis restricted to
// the types that reachable functions put into interfaces and to the functions
// that they take as values.
type world struct {
	p      *program
	g      *graph
	own    *own
	mem    *memory
	funcs  []*ssa.Function
	in     map[*ssa.Function]bool
	called map[string]bool            // names of methods called on interfaces
	byName map[string][]*ssa.Function // methods of boxed types, by name and signature
	named  map[string][]*ssa.Function // by name alone
	done   map[string]bool            // type and method pairs that are taken in
	models map[string]bool            // models seen
	boxed  map[string]bool            // methods of boxed types that are models and have an effect, by name and signature
	sites  map[*ssa.Function][]site   // where a function may be called, by its own or as a value
	made   map[*ssa.Function][]*ssa.MakeClosure
	active map[*ssa.Function]bool // has an effect, as slicing finds out
	crowds map[string]*crowd      // see crowdsOf
	among  map[*ssa.Function][]*crowd
	nets   map[*ssa.Function]bool // see recovers
}

// shape is the layouts of a function's parameters and results. In that of a
// model's function p stands for a type parameter, too.
type shape struct{ params, results []string }

// matches reports whether a function of shape s may be the model's.
func (model shape) matches(s shape) bool {
	same := func(m, s string) bool { return m == s || m == "p" }
	return slices.EqualFunc(model.params, s.params, same) && slices.EqualFunc(model.results, s.results, same)
}

// site is a call, go or defer in a function.
type site struct {
	fn       *ssa.Function
	call     ssa.CallInstruction
	callback bool // a model of the library makes the call, with arguments of its own
}

func (p *program) newWorld(g *graph, roots []Root, clients []*clientType, entries []*ssa.Function) *world {
	w := &world{
		p: p, g: g, own: newOwn(p), in: map[*ssa.Function]bool{}, called: map[string]bool{}, byName: map[string][]*ssa.Function{}, named: map[string][]*ssa.Function{},
		done: map[string]bool{}, models: map[string]bool{}, boxed: map[string]bool{}, sites: map[*ssa.Function][]site{}, made: map[*ssa.Function][]*ssa.MakeClosure{},
		crowds: map[string]*crowd{}, among: map[*ssa.Function][]*crowd{}, nets: map[*ssa.Function]bool{},
	}
	w.own.all = p.export
	w.mem = newMemory(w.own)
	p.own = w.own
	for _, fn := range g.funcs {
		if g.info[fn].taken {
			k := w.own.sigKey(fn.Signature)
			w.own.values[k] = append(w.own.values[k], fn)
		}
	}
	for _, r := range roots {
		w.add(r.fn)
	}
	for _, c := range clients {
		w.own.makes(c.named)
	}
	for _, fn := range entries {
		w.add(fn)
	}
	for i := 0; ; {
		for ; i < len(w.funcs); i++ {
			w.scan(w.funcs[i])
		}
		if !w.methods() {
			break
		}
	}
	for _, fn := range w.funcs {
		w.mem.scan(fn, w.byValue)
	}
	w.openPlaces()
	w.findActing()
	w.own.sealed = true
	for _, fn := range w.funcs {
		w.link(fn)
	}
	return w
}

// findActing finds the functions that may have an effect: those with an
// operation of concurrency and, backwards, those that use them.
func (w *world) findActing() {
	users := map[*ssa.Function][]*ssa.Function{}
	crowdUsers := map[*crowd][]*ssa.Function{}
	var work []*ssa.Function
	note := func(fn *ssa.Function) {
		if !w.own.acting[fn] {
			w.own.acting[fn] = true
			work = append(work, fn)
		}
	}
	var ops [16]*ssa.Value
	for _, fn := range w.funcs {
		for _, b := range fn.Blocks {
			for _, in := range b.Instrs {
				if w.effectOf(in) == acts {
					note(fn)
				}
				for _, op := range in.Operands(ops[:0]) {
					if f, ok := (*op).(*ssa.Function); ok && w.in[f] {
						users[f] = append(users[f], fn)
					}
				}
				if c, ok := in.(ssa.CallInstruction); ok {
					for _, f := range append(w.callbacks(c), w.callees(c)...) {
						users[f] = append(users[f], fn)
					}
					for _, cr := range w.crowdsOf(c) {
						crowdUsers[cr] = append(crowdUsers[cr], fn)
					}
				}
			}
		}
	}
	for len(work) > 0 {
		fn := work[len(work)-1]
		work = work[:len(work)-1]
		for _, u := range users[fn] {
			note(u)
		}
		for _, cr := range w.among[fn] {
			for _, u := range crowdUsers[cr] {
				note(u)
			}
			delete(crowdUsers, cr)
		}
	}
}

func (w *world) add(fn *ssa.Function) {
	if fn == nil || fn.Blocks == nil || w.in[fn] || w.p.resolve(fn).model != nil {
		return
	}
	w.in[fn] = true
	w.funcs = append(w.funcs, fn)
}

// scan takes in what a function uses and makes.
func (w *world) scan(fn *ssa.Function) {
	w.own.scan(fn)
	var ops [16]*ssa.Value
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			var callee *ssa.Value
			if c, ok := in.(ssa.CallInstruction); ok {
				com := c.Common()
				callee = &com.Value
				if t, _ := w.p.callee(com); t.model != nil {
					w.model(t.name)
					if t.foreign {
						w.own.receives(com.Signature())
					}
				} else if com.IsInvoke() {
					w.called[com.Method.Name()] = true
				}
			}
			for _, op := range in.Operands(ops[:0]) {
				f, ok := (*op).(*ssa.Function)
				if !ok {
					continue
				}
				w.add(f)
				if _, isRef := in.(*ssa.DebugRef); op != callee && !isRef {
					if mc, ok := in.(*ssa.MakeClosure); ok {
						w.made[f] = append(w.made[f], mc)
						if onlyCalled(mc) {
							continue
						}
					}
					w.own.takes(f)
				}
			}
		}
	}
}

// onlyCalled reports whether a closure is called, spawned or deferred where it
// is made and used for nothing else.
func onlyCalled(mc *ssa.MakeClosure) bool {
	for _, r := range *mc.Referrers() {
		switch r := r.(type) {
		case *ssa.DebugRef:
		case ssa.CallInstruction:
			if c := r.Common(); c.Value != ssa.Value(mc) || c.IsInvoke() {
				return false
			}
			for _, a := range r.Common().Args {
				if a == ssa.Value(mc) {
					return false
				}
			}
		default:
			return false
		}
	}
	return true
}

// model notes the methods that a model of the library calls.
func (w *world) model(name string) {
	if w.models[name] {
		return
	}
	w.models[name] = true
	for _, m := range w.p.modelFuncs(name) {
		for _, b := range m.Blocks {
			for i := range b {
				w.modelInstr(m, &b[i])
			}
		}
	}
}

func (w *world) modelInstr(m *skeleton.Func, in *skeleton.Instr) {
	if in.Method != "" {
		w.called[in.Method] = true
	}
	if in.Op == skeleton.Closure {
		w.modelMakes(in.Args[0].S)
	}
	if !m.Foreign() {
		return
	}
	for i, a := range in.Args {
		called := i == 0 && (in.Op == skeleton.Call || in.Op == skeleton.Spawn || in.Op == skeleton.Defer)
		if a.Kind == skeleton.ArgFunc && !called {
			w.modelMakes(a.S)
		}
	}
	if s := w.p.imp.types[in.Tag]; in.Op == skeleton.Iface && s != nil {
		w.foreignType(s)
	}
}

// foreignType notes a dynamic type that functions of other packages make.
func (w *world) foreignType(s *skeleton.Shape) {
	if slices.Contains(w.own.foreign, s) {
		return
	}
	w.own.foreign = append(w.own.foreign, s)
	for _, m := range s.Methods {
		k := m.Name + " " + m.Sig
		fn := w.p.imp.method(s.Tag, m)
		if fn == "" {
			w.boxed[k] = true
			continue
		}
		w.model(fn)
		sum := w.p.summary(fn)
		w.boxed[k] = w.boxed[k] || sum.acts || sum.calls
	}
}

// modelMakes notes a function that a model makes and gives to the program: a
// context's cancel, an iterator's next.
func (w *world) modelMakes(name string) {
	m := w.p.model(name)
	if s := w.p.summary(name); m != nil && (s.acts || s.calls) {
		var sh shape
		for _, p := range m.Params {
			sh.params = append(sh.params, p.Layout)
		}
		sh.results = m.Results
		w.own.modelFuncs = append(w.own.modelFuncs, sh)
	}
}

// mayBeModels reports whether a call of a function value may call what a model
// has made, or one of an interface's method a model.
func (w *world) mayBeModels(c *ssa.CallCommon) bool {
	sig := c.Signature()
	switch {
	case c.IsInvoke():
		return w.boxed[c.Method.Name()+" "+w.own.sigKey(sig)]
	case c.StaticCallee() != nil:
		return false
	}
	return w.own.likeModels(sig)
}

// methods takes in the called methods of boxed types and reports whether there
// were new ones.
func (w *world) methods() bool {
	news := false
	for i := 0; i < len(w.own.order); i++ {
		t := w.own.order[i]
		if types.IsInterface(t) {
			continue
		}
		set := w.p.prog.MethodSets.MethodSet(t)
		for j := range set.Len() {
			sel := set.At(j)
			name := sel.Obj().Name()
			key := w.own.key(t) + "." + name
			if !w.called[name] || w.done[key] {
				continue
			}
			w.done[key] = true
			fn := w.p.methodOf(sel)
			if fn == nil {
				continue
			}
			k := name + " " + w.own.sigKey(sel.Obj().Type().(*types.Signature))
			if t := w.p.resolve(fn); t.model != nil {
				news = true
				w.model(t.name)
				s := w.p.summary(t.name)
				w.boxed[k] = w.boxed[k] || s.acts || s.calls
				continue
			}
			if fn.Blocks == nil {
				continue
			}
			news = true
			w.byName[k] = append(w.byName[k], fn)
			w.named[name] = append(w.named[name], fn)
			w.add(fn)
		}
	}
	return news
}
