package extract

import (
	"go/types"
	"slices"
	"sync"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// The functions of client roots, which stand in no source: their skeletons are
// written here instruction by instruction.

// make makes the object, and a handle if clients are to have one, and returns
// the address of what clients hold.
func (b *clientBuilder) make(f *clientFunc) skeleton.Arg {
	o := b.makeObject(f)
	if b.c.gives != nil {
		return b.withHandle(f, o)
	}
	return o
}

// makeObject makes the object and returns its address. What follows a constructor that fails is left to its own root.
func (b *clientBuilder) makeObject(f *clientFunc) skeleton.Arg {
	layout := b.p.lay.of(b.c.named)
	if b.maker == nil {
		o := f.value(skeleton.Instr{Op: skeleton.Alloc, Layout: layout, Name: b.c.named.Obj().Name()})
		b.fill(f, o)
		return o
	}
	res, object := b.result(f, b.maker, f.value(b.call(f, b.maker, nil)))
	if _, isPtr := object.Underlying().(*types.Pointer); isPtr {
		return res
	}
	o := f.value(skeleton.Instr{Op: skeleton.Alloc, Layout: layout, Name: b.c.named.Obj().Name()})
	f.emit(skeleton.Instr{Op: skeleton.Store, Layout: layout, Args: []skeleton.Arg{o, res}})
	return o
}

// result is the object that a function returns, alone or with an error, and its
// type; nothing follows a call that fails.
func (b *clientBuilder) result(f *clientFunc, fn *ssa.Function, res skeleton.Arg) (skeleton.Arg, types.Type) {
	sig := fn.Signature
	object := sig.Results().At(0).Type()
	if sig.Results().Len() == 2 {
		width := int32(b.p.lay.width(object))
		err := f.value(skeleton.Instr{Op: skeleton.Elem, Args: []skeleton.Arg{res}, N: width, M: 1})
		res = f.value(skeleton.Instr{Op: skeleton.Elem, Args: []skeleton.Arg{res}, M: width})
		ok := f.value(skeleton.Instr{Op: skeleton.Bin, Tag: "eq", Args: []skeleton.Arg{err, skeleton.Nil()}})
		n := int32(len(f.f.Blocks))
		f.end(skeleton.Instr{Op: skeleton.Branch, Args: []skeleton.Arg{ok}, Then: n + 1, Else: n})
		f.end(skeleton.Instr{Op: skeleton.Stop})
	}
	if made := returned(fn); types.IsInterface(object) && made != nil {
		object = made
		res = f.value(skeleton.Instr{Op: skeleton.Assert2, Args: []skeleton.Arg{res}, Tag: b.p.disp.tag(object), Layout: b.p.lay.of(object)})
		width := int32(b.p.lay.width(object))
		ok := f.value(skeleton.Instr{Op: skeleton.Elem, Args: []skeleton.Arg{res}, N: width, M: 1})
		res = f.value(skeleton.Instr{Op: skeleton.Elem, Args: []skeleton.Arg{res}, M: width})
		n := int32(len(f.f.Blocks))
		f.end(skeleton.Instr{Op: skeleton.Branch, Args: []skeleton.Arg{ok}, Then: n + 1, Else: n})
		f.end(skeleton.Instr{Op: skeleton.Return})
	}
	return res, object
}

// fill sets the exported fields of a zero value to what the user may have set.
func (b *clientBuilder) fill(f *clientFunc, o skeleton.Arg) {
	b.exportedFields(b.c.named, func(off int, t types.Type, layout string) {
		if layout != "p" && layout != "o" && layout != "b" && layout != "i" && layout != "u" || b.p.own.p.modes.ofType(t) == skeleton.EscapeNone {
			return
		}
		at := f.field(o, off)
		v := f.value(skeleton.Instr{Op: skeleton.Sym, Layout: layout})
		f.emit(skeleton.Instr{Op: skeleton.Store, Layout: layout, Args: []skeleton.Arg{at, v}})
	})
}

// handOut gives what exported fields hold, those of embedded structs among them, to
// the environment, which may use it but replaces none of what the package has put there.
func (b *clientBuilder) handOut(f *clientFunc, o skeleton.Arg) {
	if b.c.gives != nil {
		b.handOutBoth(f, o)
		return
	}
	b.handOutFields(f, o, b.c.named)
}

// maxEmbedded bounds the structs, one embedded in the next, whose fields are promoted.
const maxEmbedded = 3

func (b *clientBuilder) handOutFields(f *clientFunc, o skeleton.Arg, named *types.Named) {
	b.handOutPromoted(f, func() skeleton.Arg { return o }, named, maxEmbedded)
}

// handOutPromoted asks for the object if there is anything in it to hand out.
func (b *clientBuilder) handOutPromoted(f *clientFunc, object func() skeleton.Arg, named *types.Named, depth int) {
	object = sync.OnceValue(object)
	b.exportedFields(named, func(off int, t types.Type, layout string) {
		mode := b.p.modes.ofType(t)
		if mode == skeleton.EscapeNone || mode == skeleton.EscapeCall || !b.p.own.typ(t) {
			return
		}
		v := f.load(f.field(object(), off), layout)
		if mode == skeleton.EscapeAll {
			mode = skeleton.EscapeShow
		}
		f.emit(skeleton.Instr{Op: skeleton.Havoc, Tag: string(rune(mode)), Args: []skeleton.Arg{v}})
	})
	st := named.Underlying().(*types.Struct)
	for i := 0; i < st.NumFields() && depth > 0; i++ {
		t := types.Unalias(st.Field(i).Type())
		inner, ok := types.Unalias(deref(t)).(*types.Named)
		off, known := b.p.lay.offset(named, i)
		if !ok || !known || !st.Field(i).Embedded() {
			continue
		}
		if _, ok := inner.Underlying().(*types.Struct); ok {
			b.handOutPromoted(f, func() skeleton.Arg {
				at := f.field(object(), off)
				if t != types.Type(inner) {
					return f.load(at, "p")
				}
				return at
			}, inner, depth-1)
		}
	}
}

func (b *clientBuilder) exportedFields(named *types.Named, do func(off int, t types.Type, layout string)) {
	st := named.Underlying().(*types.Struct)
	for i := range st.NumFields() {
		v := st.Field(i)
		if off, ok := b.p.lay.offset(named, i); ok && v.Exported() && (!v.Embedded() || types.IsInterface(v.Type())) {
			do(off, v.Type(), b.p.lay.of(v.Type()))
		}
	}
}

// call is the call of a function with unknown arguments, after those given. One
// who is alone passes contexts that nobody cancels.
func (b *clientBuilder) call(f *clientFunc, fn *ssa.Function, given []skeleton.Arg) skeleton.Instr {
	args := append([]skeleton.Arg{skeleton.Fn(b.p.nameOf(fn))}, given...)
	for _, v := range b.params(fn)[len(given):] {
		if b.alone && v.isContext {
			b.p.addModel("context.Background")
			args = append(args, f.value(skeleton.Instr{Op: skeleton.Call, Args: []skeleton.Arg{skeleton.Fn("context.Background")}, Layout: "p"}))
			continue
		}
		if h, ok := b.handleFor(v.typ); ok && !slices.Contains(given, h) { // nobody passes an object to itself
			args = append(args, h)
			continue
		}
		args = append(args, f.value(skeleton.Instr{Op: skeleton.Sym, Layout: v.layout, Name: v.name}))
	}
	return skeleton.Instr{Op: skeleton.Call, Args: args, Layout: b.p.lay.of(fn.Signature.Results())}
}

// param is a parameter that gets an unknown argument.
type param struct {
	name, layout string
	typ          types.Type
	isContext    bool
}

// params are those of a function, the receiver first.
func (b *clientBuilder) params(fn *ssa.Function) []param {
	var out []param
	if t := b.p.resolve(fn); t.model != nil {
		vars := slices.Collect(fn.Signature.Params().Variables())
		if r := fn.Signature.Recv(); r != nil {
			vars = slices.Insert(vars, 0, r)
		}
		for i, v := range vars {
			out = append(out, param{v.Name(), t.model.Params[i].Layout, v.Type(), isContext(v.Type())})
		}
		return out
	}
	for _, v := range fn.Params {
		out = append(out, param{v.Name(), b.p.paramLayout(v), v.Type(), isContext(v.Type())})
	}
	return out
}

func isContext(t types.Type) bool { return t.String() == "context.Context" }

// client is the function of a client that calls methods one after the other. Who is
// alone is another one.
func (b *clientBuilder) client(calls []*ssa.Function) string {
	name := "client:" + b.c.title()
	for _, fn := range calls {
		name += "." + b.method(fn)
	}
	if b.alone {
		name += " patient"
	}
	if b.p.out.Funcs[name] != nil {
		return name
	}
	f := newClientFunc(name, "client", 0)
	f.f.Params, f.f.Regs = []skeleton.Param{{Name: "o", Layout: "p"}}, 1
	for _, fn := range calls {
		b.invoke(f, skeleton.R(0), fn)
	}
	f.end(skeleton.Instr{Op: skeleton.Return})
	b.p.addClientFunc(f)
	return name
}

// invoke calls a method of the object and gives the results to the environment.
func (b *clientBuilder) invoke(f *clientFunc, object skeleton.Arg, fn *ssa.Function) {
	if b.c.gives != nil {
		object = b.split(f, object, fn)
		defer func() { b.handle = nil }()
	}
	in := b.call(f, fn, []skeleton.Arg{object})
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
		if mode == skeleton.EscapeNone || types.Identical(deref(t), b.c.named) || b.c.handle != nil && types.Identical(deref(t), b.c.handle) {
			continue
		}
		if b.ownObject(t) {
			mode = skeleton.EscapeShow // only the package's own methods change it
		}
		f.emit(skeleton.Instr{Op: skeleton.Havoc, Tag: string(rune(mode)), Args: []skeleton.Arg{part}})
	}
}

// ownObject reports whether a type is that of the address of a struct of the package.
func (b *clientBuilder) ownObject(t types.Type) bool {
	p, ok := t.Underlying().(*types.Pointer)
	if !ok {
		return false
	}
	n, ok := types.Unalias(p.Elem()).(*types.Named)
	if !ok || n.Obj().Pkg() != b.p.pkg {
		return false
	}
	_, ok = n.Underlying().(*types.Struct)
	return ok
}

func (b *clientBuilder) moreName(before *ssa.Function) string {
	if before != nil && loops(before) {
		return "client:" + b.c.title() + ".more but " + b.method(before)
	}
	return "client:" + b.c.title() + ".more"
}

// more calls any method, one that only shows a channel included. One that serves the object in a loop and runs already
// is not called again.
func (b *clientBuilder) more(before *ssa.Function) {
	name := b.moreName(before)
	if b.p.out.Funcs[name] != nil {
		return
	}
	f := newClientFunc(name, "client", 0)
	f.f.Params, f.f.Regs = []skeleton.Param{{Name: "o", Layout: "p"}}, 1
	methods := slices.Concat(b.methods, b.getters)
	if before != nil && loops(before) {
		methods = slices.DeleteFunc(methods, func(fn *ssa.Function) bool { return fn == before })
	}
	for i, fn := range methods {
		if i < len(methods)-1 {
			n := int32(len(f.f.Blocks))
			this := f.value(skeleton.Instr{Op: skeleton.Sym, Layout: "b"})
			f.end(skeleton.Instr{Op: skeleton.Branch, Args: []skeleton.Arg{this}, Then: n, Else: n + 1})
		}
		b.invoke(f, skeleton.R(0), fn)
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

// field is the address of what is at an offset in an object.
func (f *clientFunc) field(o skeleton.Arg, off int) skeleton.Arg {
	return f.value(skeleton.Instr{Op: skeleton.Field, Args: []skeleton.Arg{o}, N: int32(off)})
}

// load is what is at an address.
func (f *clientFunc) load(at skeleton.Arg, layout string) skeleton.Arg {
	return f.value(skeleton.Instr{Op: skeleton.Load, Layout: layout, Args: []skeleton.Arg{at}})
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
