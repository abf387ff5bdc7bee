package extract

import (
	"go/token"
	"go/types"
	"slices"

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
	Again     bool     // a method is called twice that sets fields without a lock
	Unstarted bool     // a method that begins the object's work is not called
	Foreign   bool     // others than clients may help the objects
}

// clientBuilder makes the client roots of one type.
type clientBuilder struct {
	p       *program
	c       *clientType
	name    string
	methods []*ssa.Function // that have an effect
	maker   *ssa.Function   // nil: the zero value
}

// clientEntries are the functions that clients call: slicing starts from them, too.
func clientEntries(list []*clientType) []*ssa.Function {
	var out []*ssa.Function
	for _, c := range list {
		out = append(append(out, c.makers...), c.methods...)
	}
	return out
}

// nameClients refers to what clients call, so that it is built.
func (p *program) nameClients(list []*clientType) {
	for _, c := range list {
		c.methods = slices.DeleteFunc(c.methods, func(fn *ssa.Function) bool { return !p.world.active[fn] })
		c.starters = slices.DeleteFunc(c.starters, func(fn *ssa.Function) bool { return !p.world.active[fn] })
		if !p.own.search(types.NewPointer(c.named), map[string]bool{}) {
			c.methods = nil
		}
		for _, fn := range clientEntries([]*clientType{c}) {
			p.ref(fn)
		}
	}
}

// addClients adds the client roots of all types.
func (p *program) addClients(pkg *Package, list []*clientType) {
	for _, c := range list {
		makers := c.makers
		if len(makers) == 0 {
			makers = []*ssa.Function{nil}
		}
		for i, m := range makers {
			b := &clientBuilder{p: p, c: c, maker: m, name: c.named.Obj().Name()}
			if i > 0 {
				b.name += "/" + m.Name()
			}
			for _, fn := range c.methods {
				if p.out.Funcs[p.names[fn]] != nil && len(b.methods) < maxClientMethods {
					b.methods = append(b.methods, fn)
				}
			}
			if m != nil && p.out.Funcs[p.names[m]] == nil {
				continue
			}
			pkg.Clients = append(pkg.Clients, b.roots()...)
		}
	}
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
		if before == nil && len(b.methods) <= maxThrice {
			defer func() { out = append(out, b.thrice()...) }()
		}
		n := 0
		for _, fn := range b.methods {
			out = append(out, b.root(before, fn))
		}
		for i, one := range b.methods {
			for _, other := range b.methods[i:] {
				if n++; n <= maxPairs && !(before != nil && loops(before) && (one == before || other == before)) {
					out = append(out, b.pair(before, one, other)...)
				}
			}
		}
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

func (b *clientBuilder) method(fn *ssa.Function) string { return fn.Name() }

func (b *clientBuilder) pos() token.Pos {
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

// turn has one client call methods in turn.
func (b *clientBuilder) turn(before *ssa.Function, calls ...*ssa.Function) Clients {
	r := Clients{Type: b.c.named.Obj().Name(), Foreign: b.c.foreign, Alone: true, Again: b.again(before, calls), Unstarted: b.unstarted(before, calls)}
	name := "clients:" + b.name + "."
	if before != nil {
		r.Before = b.method(before)
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

// again reports whether a method that sets fields without a lock is called twice.
func (b *clientBuilder) again(before *ssa.Function, calls []*ssa.Function) bool {
	if before != nil {
		calls = append(slices.Clone(calls), before)
	}
	for i, fn := range calls {
		if slices.Contains(calls[:i], fn) && b.c.uses[fn].races(b.c.uses[fn]) {
			return true
		}
	}
	return false
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
	r := Clients{Type: b.c.named.Obj().Name(), Foreign: b.c.foreign, Again: b.again(before, calls), Unstarted: b.unstarted(before, calls)}
	name := "clients:" + b.name + "."
	if before != nil {
		r.Before = b.method(before)
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
	f := newClientFunc(name, "clients of "+b.c.named.Obj().Name(), b.p.pos(b.pos()))
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

// make makes the object and returns its address. A constructor that fails ends the root.
func (b *clientBuilder) make(f *clientFunc) skeleton.Arg {
	layout := b.p.lay.of(b.c.named)
	if b.maker == nil {
		o := f.value(skeleton.Instr{Op: skeleton.Alloc, Layout: layout, Name: b.c.named.Obj().Name()})
		b.fill(f, o)
		return o
	}
	sig := b.maker.Signature
	res := f.value(b.call(f, b.maker, nil))
	object := sig.Results().At(0).Type()
	if sig.Results().Len() == 2 {
		width := int32(b.p.lay.width(object))
		err := f.value(skeleton.Instr{Op: skeleton.Elem, Args: []skeleton.Arg{res}, N: width, M: 1})
		res = f.value(skeleton.Instr{Op: skeleton.Elem, Args: []skeleton.Arg{res}, M: width})
		ok := f.value(skeleton.Instr{Op: skeleton.Bin, Tag: "eq", Args: []skeleton.Arg{err, skeleton.Nil()}})
		f.end(skeleton.Instr{Op: skeleton.Branch, Args: []skeleton.Arg{ok}, Then: 2, Else: 1})
		f.end(skeleton.Instr{Op: skeleton.Return})
	}
	if _, isPtr := object.Underlying().(*types.Pointer); isPtr {
		return res
	}
	o := f.value(skeleton.Instr{Op: skeleton.Alloc, Layout: layout, Name: b.c.named.Obj().Name()})
	f.emit(skeleton.Instr{Op: skeleton.Store, Layout: layout, Args: []skeleton.Arg{o, res}})
	return o
}

// fill sets the exported fields of a zero value to what the user may have set.
func (b *clientBuilder) fill(f *clientFunc, o skeleton.Arg) {
	b.exportedFields(func(off int, t types.Type, layout string) {
		if layout != "p" && layout != "o" && layout != "b" && layout != "i" && layout != "u" || b.p.own.p.modes.ofType(t) == skeleton.EscapeNone {
			return
		}
		at := f.value(skeleton.Instr{Op: skeleton.Field, Args: []skeleton.Arg{o}, N: int32(off)})
		v := f.value(skeleton.Instr{Op: skeleton.Sym, Layout: layout})
		f.emit(skeleton.Instr{Op: skeleton.Store, Layout: layout, Args: []skeleton.Arg{at, v}})
	})
}

// handOut gives what exported fields hold to the environment.
func (b *clientBuilder) handOut(f *clientFunc, o skeleton.Arg) {
	b.exportedFields(func(off int, t types.Type, layout string) {
		mode := b.p.modes.ofType(t)
		if mode == skeleton.EscapeNone || mode == skeleton.EscapeCall || !b.p.own.typ(t) {
			return
		}
		at := f.value(skeleton.Instr{Op: skeleton.Field, Args: []skeleton.Arg{o}, N: int32(off)})
		v := f.value(skeleton.Instr{Op: skeleton.Load, Layout: layout, Args: []skeleton.Arg{at}})
		f.emit(skeleton.Instr{Op: skeleton.Havoc, Tag: string(rune(mode)), Args: []skeleton.Arg{v}})
	})
}

func (b *clientBuilder) exportedFields(do func(off int, t types.Type, layout string)) {
	st := b.c.named.Underlying().(*types.Struct)
	for i := range st.NumFields() {
		v := st.Field(i)
		if off, ok := b.p.lay.offset(b.c.named, i); ok && v.Exported() && !v.Embedded() {
			do(off, v.Type(), b.p.lay.of(v.Type()))
		}
	}
}

// call is the call of a function with unknown arguments, after those given.
func (b *clientBuilder) call(f *clientFunc, fn *ssa.Function, given []skeleton.Arg) skeleton.Instr {
	args := append([]skeleton.Arg{skeleton.Fn(b.p.names[fn])}, given...)
	for _, v := range fn.Params[len(given):] {
		args = append(args, f.value(skeleton.Instr{Op: skeleton.Sym, Layout: b.p.paramLayout(v), Name: v.Name()}))
	}
	return skeleton.Instr{Op: skeleton.Call, Args: args, Layout: b.p.lay.of(fn.Signature.Results())}
}

// client is the function of a client that calls methods one after the other.
func (b *clientBuilder) client(calls []*ssa.Function) string {
	name := "client:" + b.c.named.Obj().Name()
	for _, fn := range calls {
		name += "." + b.method(fn)
	}
	if b.p.out.Funcs[name] != nil {
		return name
	}
	f := newClientFunc(name, "client", 0)
	f.f.Params, f.f.Regs = []skeleton.Param{{Name: "o", Layout: "p"}}, 1
	for _, fn := range calls {
		b.invoke(f, fn)
	}
	f.end(skeleton.Instr{Op: skeleton.Return})
	b.p.addClientFunc(f)
	return name
}

// invoke calls a method of the object in register 0 and gives the results to the environment.
func (b *clientBuilder) invoke(f *clientFunc, fn *ssa.Function) {
	in := b.call(f, fn, []skeleton.Arg{skeleton.R(0)})
	res := fn.Signature.Results()
	if res.Len() == 0 {
		f.emit(in)
		return
	}
	v := f.value(in)
	off := 0
	for i := range res.Len() {
		t := res.At(i).Type()
		width := b.p.lay.width(t)
		part := v
		if res.Len() > 1 {
			part = f.value(skeleton.Instr{Op: skeleton.Elem, Args: []skeleton.Arg{v}, N: int32(off), M: int32(width)})
		}
		off += width
		mode := b.p.modes.ofType(t)
		if mode == skeleton.EscapeNone || types.Identical(deref(t), b.c.named) {
			continue
		}
		f.emit(skeleton.Instr{Op: skeleton.Havoc, Tag: string(rune(mode)), Args: []skeleton.Arg{part}})
	}
}

func (b *clientBuilder) moreName(before *ssa.Function) string {
	if before != nil && loops(before) {
		return "client:" + b.c.named.Obj().Name() + ".more but " + b.method(before)
	}
	return "client:" + b.c.named.Obj().Name() + ".more"
}

// more calls any method. One that serves the object in a loop and runs already
// is not called again.
func (b *clientBuilder) more(before *ssa.Function) {
	name := b.moreName(before)
	if b.p.out.Funcs[name] != nil {
		return
	}
	f := newClientFunc(name, "client", 0)
	f.f.Params, f.f.Regs = []skeleton.Param{{Name: "o", Layout: "p"}}, 1
	methods := slices.Clone(b.methods)
	if before != nil && loops(before) {
		methods = slices.DeleteFunc(methods, func(fn *ssa.Function) bool { return fn == before })
	}
	for i, fn := range methods {
		if i < len(methods)-1 {
			n := int32(len(f.f.Blocks))
			this := f.value(skeleton.Instr{Op: skeleton.Sym, Layout: "b"})
			f.end(skeleton.Instr{Op: skeleton.Branch, Args: []skeleton.Arg{this}, Then: n, Else: n + 1})
		}
		b.invoke(f, fn)
		f.end(skeleton.Instr{Op: skeleton.Return})
	}
	if len(methods) == 0 {
		f.end(skeleton.Instr{Op: skeleton.Return})
	}
	b.p.addClientFunc(f)
}

// clientFunc is a skeleton in the making.
type clientFunc struct{ f *skeleton.Func }

func newClientFunc(name, short string, pos skeleton.Pos) *clientFunc {
	return &clientFunc{&skeleton.Func{Name: name, Short: short, Recover: -1, Library: true, Pos: pos, Blocks: [][]skeleton.Instr{nil}}}
}

// emit appends an instruction without a result.
func (f *clientFunc) emit(in skeleton.Instr) {
	in.Dst = skeleton.NoReg
	last := len(f.f.Blocks) - 1
	f.f.Blocks[last] = append(f.f.Blocks[last], in)
}

// value appends an instruction and returns its result.
func (f *clientFunc) value(in skeleton.Instr) skeleton.Arg {
	in.Dst = skeleton.Reg(f.f.Regs)
	f.f.Regs++
	last := len(f.f.Blocks) - 1
	f.f.Blocks[last] = append(f.f.Blocks[last], in)
	return skeleton.R(in.Dst)
}

// end appends the end of a block and begins the next.
func (f *clientFunc) end(in skeleton.Instr) {
	f.emit(in)
	f.f.Blocks = append(f.f.Blocks, nil)
}

func (p *program) addClientFunc(f *clientFunc) {
	f.f.Blocks = f.f.Blocks[:len(f.f.Blocks)-1] // nothing follows the last end
	if err := f.f.Check(); err != nil {
		if Repanic {
			panic(err)
		}
		p.stats.Panics++
		return
	}
	p.out.Funcs[f.f.Name] = f.f
}
