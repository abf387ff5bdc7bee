package extract

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// A client root makes an object and has clients call its methods at the same
// time. Then it stands at a select without cases, with the object in its hands.
// What follows there are the further calls that any client may make: explore
// goes on to them to find out whether they can still help who waits.
//
//	clients:T.A∥B:                  client:T.A (o):
//		%0 = call New …                 %1 = sym …
//		spawn client:T.A %0             call (*T).A %0 %1
//		spawn client:T.B %0             havoc of the results
//		select
//		call client:T.more %0
//		select
//		call client:T.more %0
//		return

// maxPairs bounds the pairs of methods of one type.
const maxPairs = 60

// Clients is one way to use the objects of a type from outside.
type Clients struct {
	Root             // the clients call at the same time
	Type      string // in the user's words
	Calls     []string
	Before    string   // what is called first, if anything
	InTurn    []string // roots in which one client makes the calls one after the other
	Alone     bool     // one client makes the calls, one after the other
	Slots     bool     // they are all of a method that takes a slot and gives it back
	Again     bool     // a method is called twice that sets fields without a lock or begins the object's work
	Unstarted bool     // a method that begins the object's work is not called
	Behind    bool     // a method that makes channels is not called, of an interface that the object embeds
	Foreign   bool     // others than clients may help the objects
	Patient   bool     // they pass contexts that nobody cancels
}

// clientBuilder makes the client roots of one type.
type clientBuilder struct {
	p       *program
	c       *clientType
	name    string
	methods []*ssa.Function // that have an effect
	getters []*ssa.Function // that have none, and return channels
	maker   *ssa.Function   // nil: the zero value
	alone   bool            // nobody outside has a hand in what the objects wait for
	handle  []skeleton.Arg  // the object and the handle that the client in the making holds
}

// clientEntries are the functions that clients call: slicing starts from them, too.
func clientEntries(list []*clientType) []*ssa.Function {
	var out []*ssa.Function
	for _, c := range list {
		out = append(append(out, c.makers...), c.methods...)
		for _, fn := range []*ssa.Function{c.gives, c.first} {
			if fn != nil {
				out = append(out, fn)
			}
		}
	}
	return out
}

// nameClients refers to what clients call, so that it is built.
func (p *program) nameClients(list []*clientType) {
	for _, c := range list {
		inactive := func(fn *ssa.Function) bool { return !p.world.active[fn] }
		for _, fn := range c.methods {
			if inactive(fn) && returnsChannel(fn) {
				c.getters = append(c.getters, fn)
			}
		}
		c.methods = slices.DeleteFunc(c.methods, inactive)
		c.starters = slices.DeleteFunc(c.starters, func(fn *ssa.Function) bool { return !p.world.active[fn] })
		if !p.own.search(types.NewPointer(c.named), map[string]bool{}) {
			c.methods = nil
		}
		for _, fn := range append(clientEntries([]*clientType{c}), c.getters...) {
			p.ref(fn)
		}
	}
}

// addClients adds the client roots of all types, those of patient clients last.
func (p *program) addClients(pkg *Package, g *graph, list []*clientType) {
	var patient []Clients
	defer func() { pkg.Clients = append(pkg.Clients, patient...) }()
	for _, c := range list {
		makers := c.makers
		if len(makers) == 0 {
			makers = []*ssa.Function{nil}
		}
		for i, m := range makers {
			b := &clientBuilder{p: p, c: c, maker: m, name: c.title()}
			if i > 0 {
				b.name += "/" + m.Name()
			}
			for _, fn := range c.methods {
				if p.out.Funcs[p.names[fn]] != nil {
					b.methods = append(b.methods, fn)
				}
			}
			b.methods = c.foremost(b.methods)
			for _, fn := range c.getters {
				if p.out.Funcs[p.names[fn]] != nil {
					b.getters = append(b.getters, fn)
				}
			}
			if m != nil && p.out.Funcs[p.names[m]] == nil || c.gives != nil && p.out.Funcs[p.names[c.gives]] == nil {
				continue
			}
			pkg.Clients = append(pkg.Clients, b.roots()...)
			patient = append(patient, b.patient(g)...)
		}
	}
}

// returnsChannel reports whether callers get a channel by way of a function.
func returnsChannel(fn *ssa.Function) bool {
	for v := range fn.Signature.Results().Variables() {
		if _, ok := v.Type().Underlying().(*types.Chan); ok {
			return true
		}
	}
	return false
}

// foremost are at most maxClientMethods of the methods, in their order: those
// that do something about concurrency themselves before the others.
func (c *clientType) foremost(methods []*ssa.Function) []*ssa.Function {
	for _, acting := range []bool{false, true} {
		for i := len(methods) - 1; i >= 0 && len(methods) > maxClientMethods; i-- {
			if c.acts[methods[i]] == acting {
				methods = slices.Delete(methods, i, i+1)
			}
		}
	}
	return methods
}

// roots are those of one constructor: single calls, then pairs, then both after
// a method that begins the object's work.
func (b *clientBuilder) roots() (out []Clients) {
	befores := []*ssa.Function{nil}
	for _, fn := range b.c.starters {
		if slices.Contains(b.methods, fn) {
			befores = append(befores, fn)
		}
	}
	for _, fn := range b.methods {
		b.client([]*ssa.Function{fn})
	}
	for _, before := range befores {
		b.more(before)
		if before == nil && b.c.gives == nil && len(b.methods) <= maxThrice {
			defer func() { out = append(out, b.thrice()...) }()
		}
		n := 0
		for _, fn := range b.methods {
			out = append(out, b.root(before, fn))
			if before == nil && b.c.gives == nil && b.takesObject(fn) {
				out = append(out, b.twice(fn))
			}
			if before == nil && b.c.gives == nil && takesSlot(fn) {
				out = append(out, b.oftener(fn))
			}
		}
		for i, one := range b.methods {
			for _, other := range b.methods[i:] {
				if b.c.gives != nil && !b.c.usesHandle(one) && !b.c.usesHandle(other) {
					continue // clients of the object alone
				}
				if n++; n <= maxPairs && !(before != nil && loops(before) && (one == before || other == before)) {
					out = append(out, b.pair(before, one, other)...)
				}
			}
		}
	}
	for _, before := range befores {
		out = append(out, b.feeders(before)...)
	}
	return out
}

// maxThrice bounds the methods of a type one client of which calls one, another,
// and the first again.
const maxThrice = 5

func (b *clientBuilder) thrice() []Clients {
	var out []Clients
	for _, one := range b.methods {
		for _, other := range b.methods {
			if one == other {
				continue
			}
			out = append(out, b.turn(nil, one, other, one))
		}
	}
	return out
}

// method names a method, one of a handle with its type.
func (b *clientBuilder) method(fn *ssa.Function) string {
	if b.c.ofHandle(fn) {
		return b.c.handle.Obj().Name() + "." + fn.Name()
	}
	return fn.Name()
}

func (b *clientBuilder) pos() token.Pos {
	if b.c.gives != nil {
		return b.c.gives.Pos()
	}
	if b.maker != nil {
		return b.maker.Pos()
	}
	return b.c.named.Obj().Pos()
}

// pair has two clients call a method each, or where these are not meant to be
// called at the same time, one client both in turn.
func (b *clientBuilder) pair(before, one, other *ssa.Function) []Clients {
	turns := []Clients{b.turn(before, one, other)}
	if one != other {
		turns = append(turns, b.turn(before, other, one))
	}
	if b.c.uses[one].races(b.c.uses[other]) {
		return turns
	}
	r := b.root(before, one, other)
	for _, t := range turns {
		r.InTurn = append(r.InTurn, t.Func)
	}
	return []Clients{r}
}

// clients describes the clients that make some calls.
func (b *clientBuilder) clients(before *ssa.Function, calls []*ssa.Function) Clients {
	r := Clients{Type: b.c.title(), Foreign: b.c.foreign, Behind: b.c.behind, Again: b.again(before, calls), Unstarted: b.unstarted(before, calls)}
	if before != nil {
		r.Before = b.method(before)
	} else if b.c.gives != nil {
		r.Before = b.method(b.c.gives)
	}
	return r
}

// turn has one client call methods in turn.
func (b *clientBuilder) turn(before *ssa.Function, calls ...*ssa.Function) Clients {
	r := b.clients(before, calls)
	r.Alone = true
	name := "clients:" + b.name + "."
	if before != nil {
		name += r.Before + ","
	}
	for i, fn := range calls {
		r.Calls = append(r.Calls, b.method(fn))
		if i > 0 {
			name += "→"
		}
		name += b.method(fn)
	}
	r.Root = Root{Kind: Client, Pos: b.pos(), Func: name}
	b.add(name, before, []string{b.client(calls)})
	return r
}

// twice has one client call a method twice with the same arguments.
func (b *clientBuilder) twice(fn *ssa.Function) Clients {
	name := b.c.named.Obj().Name()
	f := newClientFunc("client:"+name+"."+b.method(fn)+" twice", "client", 0)
	f.f.Params, f.f.Regs = []skeleton.Param{{Name: "o", Layout: "p"}}, 1
	in := b.call(f, fn, []skeleton.Arg{skeleton.R(0)})
	in.Layout = ""
	f.emit(in)
	f.emit(in)
	f.end(skeleton.Instr{Op: skeleton.Return})
	b.p.addClientFunc(f)
	r := Clients{Type: name, Foreign: b.c.foreign, Behind: b.c.behind, Alone: true, Again: true, Unstarted: b.unstarted(nil, []*ssa.Function{fn, fn}), Calls: []string{b.method(fn), b.method(fn)}}
	r.Root = Root{Kind: Client, Pos: b.pos(), Func: "clients:" + b.name + "." + b.method(fn) + " twice"}
	b.add(r.Func, nil, []string{f.f.Name})
	return r
}

// takesObject reports whether a method gets something from its caller that it may end.
func (b *clientBuilder) takesObject(fn *ssa.Function) bool {
	return slices.ContainsFunc(fn.Params[min(1, len(fn.Params)):], func(v *ssa.Parameter) bool {
		switch t := v.Type().Underlying().(type) {
		case *types.Chan:
			return t.Dir() != types.RecvOnly
		case *types.Pointer:
			return b.p.own.typ(v.Type())
		}
		return false
	})
}

// again reports whether a method is called twice that sets fields without a lock
// or begins the object's work, or one again that the constructor sets it up with:
// types may take it for granted that none is.
func (b *clientBuilder) again(before *ssa.Function, calls []*ssa.Function) bool {
	if before != nil {
		calls = append(slices.Clone(calls), before)
	}
	for i, fn := range calls {
		if setsUp(b.maker, fn) {
			return true
		}
		if slices.Contains(calls[:i], fn) && (b.c.uses[fn].races(b.c.uses[fn]) || b.begins(fn)) {
			return true
		}
	}
	return false
}

// beginnings are what the names of methods begin with that begin the work of an object.
var beginnings = []string{"Start", "Begin", "Launch", "Open", "Listen", "Run", "Serve"}

// begins reports whether a method begins the object's work, by its name and by
// what it does, and, as it gives nothing but an error, nothing else.
func (b *clientBuilder) begins(fn *ssa.Function) bool { return beginsBy(fn, b.c.starters) }

func beginsBy(fn *ssa.Function, starters []*ssa.Function) bool {
	res := fn.Signature.Results()
	named := func(prefix string) bool { return strings.HasPrefix(fn.Name(), prefix) }
	return slices.Contains(starters, fn) && slices.ContainsFunc(beginnings, named) && (res.Len() == 0 || res.Len() == 1 && types.Identical(res.At(0).Type(), errorType))
}

// unstarted reports whether there are methods that begin the object's work and
// none of them is called before the others, or may be: a zero value needs not be
// usable as it is.
func (b *clientBuilder) unstarted(before *ssa.Function, calls []*ssa.Function) bool {
	if b.maker == nil {
		return true
	}
	if before != nil || len(b.c.starters) == 0 {
		return false
	}
	return len(calls) > 1 || !slices.Contains(b.c.starters, calls[0])
}

// root has clients call methods at the same time, after another method if before is not nil.
func (b *clientBuilder) root(before *ssa.Function, calls ...*ssa.Function) Clients {
	r := b.clients(before, calls)
	name := "clients:" + b.name + "."
	if before != nil {
		name += r.Before + ","
	}
	var each []string
	for i, fn := range calls {
		r.Calls = append(r.Calls, b.method(fn))
		if i > 0 {
			name += "∥"
		}
		name += b.method(fn)
		each = append(each, b.client([]*ssa.Function{fn}))
	}
	r.Root = Root{Kind: Client, Pos: b.pos(), Func: name}
	b.add(r.Func, before, each)
	return r
}

// add adds the function of a root.
func (b *clientBuilder) add(name string, before *ssa.Function, clients []string) {
	f := newClientFunc(name, "clients of "+b.c.title(), b.p.pos(b.pos()))
	o := b.make(f)
	b.handOut(f, o)
	if before != nil {
		first := b.client([]*ssa.Function{before})
		if loops(before) {
			f.emit(skeleton.Instr{Op: skeleton.Spawn, Args: []skeleton.Arg{skeleton.Fn(first), o}})
		} else {
			f.emit(skeleton.Instr{Op: skeleton.Call, Args: []skeleton.Arg{skeleton.Fn(first), o}})
		}
	}
	for _, c := range clients {
		f.emit(skeleton.Instr{Op: skeleton.Spawn, Args: []skeleton.Arg{skeleton.Fn(c), o}})
	}
	for range 2 {
		f.emit(skeleton.Instr{Op: skeleton.Select})
		f.emit(skeleton.Instr{Op: skeleton.Call, Args: []skeleton.Arg{skeleton.Fn(b.moreName(before)), o}})
	}
	f.end(skeleton.Instr{Op: skeleton.Return})
	b.p.addClientFunc(f)
}
