package extract

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/lazyssa"
	"github.com/concheck/concheck/analyzers/internal/library"
	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// program is the state of one extraction.
type program struct {
	in    Input
	pkg   *types.Package
	prog  *ssa.Program
	lay   *layouts
	modes *modes
	disp  *dispatch
	out   *skeleton.Program
	stats Stats

	names map[*ssa.Function]string
	used  map[string]bool
	queue []*ssa.Function // functions that are referred to and not built yet
	plans map[*ssa.Function]*plan
	// laborious are the functions whose results are taken to be unknown.
	laborious map[*ssa.Function]bool
	own       *own
	world     *world
	sums      map[string]summary

	targets   map[*ssa.Function]target
	methods   map[*types.Func]target // of interfaces
	imp       *imports
	export    bool                   // the skeletons are for other packages: all callers are unknown
	api       map[*ssa.Function]bool // functions that other packages may call
	posns     map[token.Pos]skeleton.Pos
	posTab    []token.Pos
	starts    map[token.Pos]token.Pos       // of calls, by their parenthesis
	counts    map[*ssa.Parameter]bool       // integer parameters that may be zero or less
	counted   map[*types.Var]bool           // integer fields that are at least one
	given     map[*types.Var]bool           // unexported fields that are only set to what calls give, see settled
	fixed     map[*ssa.Global]*ssa.Const    // variables of the package that never change
	declared  map[*ssa.Global]*ssa.Function // variables that are a function of another package, see findDeclared
	positive  map[*ssa.Global]bool          // that are never less than 1
	channels  map[*ssa.Global]bool          // that hold one channel, which is there from the first
	sentinels map[*ssa.Global]bool          // error variables of the package that never change
	private   map[types.Object]bool         // see findPrivate
	params    map[*skeleton.Func][]bool     // which of its parameters a library function reads
	drops     map[*ssa.Function]bool        // roots whose error tells the caller to drop the other results
	fields    fieldUses
	moving    map[*types.Var]bool // see findMoving
	growing   growing
}

// target is what is known of a function that is called.
type target struct {
	body    bool           // its body is in the package
	model   *skeleton.Func // library's, under name
	name    string         // as library and facts call it
	known   bool           // what it does to its arguments is known
	inert   bool           // a fact says that it does nothing to them but read and write data
	foreign bool           // the model is another package's skeleton
	eff     library.Effect
	makes   *lazyssa.MakesError // it makes errors, and has neither a body nor a model
}

// ends is how the function ends if it never returns and has no model.
func (t target) ends() skeleton.Op { return t.eff.Ends }

// mode is the letter for argument i, 0 if its type decides.
func (t target) mode(i int) byte {
	if !t.known || t.eff.Args == "" {
		return 0
	}
	return t.eff.Mode(i)
}

// fullName is how library and facts call a function: the name of its origin.
func fullName(fn *ssa.Function) string {
	obj, ok := fn.Object().(*types.Func)
	if !ok {
		return ""
	}
	return unvendored(obj.Origin().FullName())
}

// resolve finds out what is known of a function. Wrappers have bodies of
// their own although they bear the name of what they wrap.
func (p *program) resolve(fn *ssa.Function) target {
	if t, ok := p.targets[fn]; ok {
		return t
	}
	t := target{body: fn.Blocks != nil}
	wrapper := fn.Blocks != nil && fn.Synthetic != "" && fn.Origin() == nil
	if name := fullName(fn); name != "" && !wrapper {
		t = p.byName(name, fn.Blocks != nil, p.wide(fn))
		if !t.body && !t.known && t.model == nil {
			p.lookUp(&t, fn)
		}
		if !t.body && t.model == nil {
			t.makes = p.makesError(fn.Object())
			p.readsText(&t, fn.Signature)
		}
	}
	p.targets[fn] = t
	return t
}

// byName finds out what library knows of a function. A model of a generic
// function is for type arguments of one cell. Models are for those who use a
// package: what it is made of itself shows in its source.
func (p *program) byName(name string, body, wide bool) target {
	t := target{name: name, body: body}
	if m := library.Func(name); m != nil && !wide && library.Package(name) != ownPath(p.pkg) && !p.cleansUpLater(name) {
		t.model, t.body = m, false
		return t
	}
	if !body {
		t.eff, t.known = library.EffectOf(name)
	}
	return t
}

// wide reports whether a generic function has a type argument of more than one cell.
func (p *program) wide(fn *ssa.Function) bool {
	if fn.Signature.Recv() != nil {
		return false
	}
	for _, t := range fn.TypeArgs() {
		if p.lay.width(t) > 1 {
			return true
		}
	}
	return false
}

// callee is what is known of the function that a call names, be it static or
// the method of an interface. ok is false if only its value tells.
func (p *program) callee(c *ssa.CallCommon) (t target, ok bool) {
	if c.IsInvoke() {
		if t, ok := p.methods[c.Method]; ok {
			return t, t.model != nil || t.known
		}
		t := p.byName(c.Method.Origin().FullName(), false, false)
		p.methods[c.Method] = t
		return t, t.model != nil || t.known
	}
	if f := c.StaticCallee(); f != nil {
		return p.resolve(f), true
	}
	if load, ok := c.Value.(*ssa.UnOp); ok {
		if v, ok := load.X.(*ssa.Global); ok && p.declared[v] != nil {
			return p.resolve(p.declared[v]), true
		}
		if made := p.makesError(lazyssa.Named(c)); made != nil {
			t := target{makes: made}
			p.readsText(&t, c.Signature())
			return t, true
		}
	}
	if p.own != nil && p.own.closed(c.Value.Type()) {
		return target{known: true, eff: library.Effect{Args: string(rune(skeleton.EscapeNone))}}, false
	}
	return target{}, false
}

// arguments are the arguments of a call, the receiver of a method first.
func arguments(c *ssa.CallCommon) []ssa.Value {
	if c.IsInvoke() {
		return append([]ssa.Value{c.Value}, c.Args...)
	}
	return c.Args
}

// ref returns the name of a function with a body, and has it built.
func (p *program) ref(fn *ssa.Function) string {
	if name, ok := p.names[fn]; ok {
		return name
	}
	name := fn.RelString(nil)
	for i := 2; p.used[name]; i++ {
		name = fn.RelString(nil) + "·" + strconv.Itoa(i)
	}
	p.used[name] = true
	p.names[fn] = name
	p.queue = append(p.queue, fn)
	return name
}

// funcValue returns the name under which the program has a function, whatever
// is known of it.
func (p *program) funcValue(fn *ssa.Function) string {
	t := p.resolve(fn)
	switch {
	case t.model != nil:
		p.addModel(fullName(fn))
		return fullName(fn)
	case t.body:
		return p.ref(fn)
	}
	return p.stub(fn, t)
}

// stub adds a function that stands for one without a body: it does to its
// arguments what is known of it.
func (p *program) stub(fn *ssa.Function, t target) string {
	if name, ok := p.names[fn]; ok {
		return name
	}
	name := fn.RelString(nil)
	if p.imp.funcs[name] != nil {
		name += "·unknown" // an instance that its own package uses
	}
	p.names[fn] = name
	f := &skeleton.Func{Name: name, Recover: -1, Library: true, Short: shortName(fn), Results: p.resultLayouts(fn.Signature)}
	var vars []*types.Var
	if r := fn.Signature.Recv(); r != nil {
		vars = append(vars, r)
	}
	for i := range fn.Signature.Params().Len() {
		vars = append(vars, fn.Signature.Params().At(i))
	}
	havoc := skeleton.Instr{Op: skeleton.Havoc, Dst: skeleton.NoReg}
	for i, v := range vars {
		f.Params = append(f.Params, skeleton.Param{Name: v.Name(), Layout: p.lay.of(v.Type())})
		mode := t.mode(i)
		if mode == 0 {
			mode = p.modes.ofType(v.Type())
		}
		havoc.Args = append(havoc.Args, skeleton.R(skeleton.Reg(i)))
		havoc.Tag += string(rune(mode))
	}
	f.Regs = int32(len(vars))
	ret := skeleton.Instr{Op: skeleton.Return, Dst: skeleton.NoReg}
	if n := fn.Signature.Results().Len(); n > 0 {
		havoc.Dst, havoc.Layout = skeleton.Reg(f.Regs), p.lay.of(fn.Signature.Results())
		ret.Args = []skeleton.Arg{skeleton.R(havoc.Dst)}
		f.Regs++
	}
	if t.ends() != skeleton.Invalid {
		ret = skeleton.Instr{Op: t.ends(), Dst: skeleton.NoReg}
		if t.ends() == skeleton.Panic {
			ret.Args = []skeleton.Arg{skeleton.Nil()}
		}
	}
	f.Blocks = [][]skeleton.Instr{{havoc, ret}}
	p.out.Funcs[name] = f
	return name
}

// builtinFunc adds a function that does what a built-in does, for go and defer.
func (p *program) builtinFunc(bi *ssa.Builtin, args []ssa.Value) string {
	var text string
	switch bi.Name() {
	case "close":
		text = "func builtin.close \"close\" (c:p) library {\nb0:\n\tclose %0\n\treturn\n}"
	case "panic":
		text = "func builtin.panic \"panic\" (v:p) library {\nb0:\n\tpanic %0\n}"
	case "delete":
		if len(args) != 2 {
			return ""
		}
		text = "func builtin.delete \"delete\" (m:p k:p) library {\nb0:\n\tmapdel %0 %1\n\treturn\n}"
	default:
		return ""
	}
	name := "builtin." + bi.Name()
	if p.out.Funcs[name] == nil {
		p.out.Funcs[name] = skeleton.MustParse(text).Funcs[name]
	}
	return name
}

// addModel adds a function of package library, with all that it needs.
func (p *program) addModel(name string) {
	if p.out.Funcs[name] != nil {
		return
	}
	m := p.model(name)
	if m == nil {
		return
	}
	p.out.Funcs[name] = m
	for i := range m.Blocks {
		for j := range m.Blocks[i] {
			in := &m.Blocks[i][j]
			for _, a := range in.Args {
				if a.Kind == skeleton.ArgFunc {
					p.addModel(a.S)
				}
			}
			p.modelRefs(in)
		}
	}
}

// modelRefs adds the types and methods that an instruction of a model names.
func (p *program) modelRefs(in *skeleton.Instr) {
	switch in.Op {
	case skeleton.Iface, skeleton.Assert, skeleton.Assert2:
		p.libraryType(in.Tag)
		if in.Tag == library.AfterFuncer {
			p.disp.ifaces[in.Tag] = afterFuncer
		}
		if in.Op == skeleton.Iface {
			p.foreignType(in.Tag)
		} else if p.imp.ifaces[in.Tag] != nil {
			p.disp.asks(in.Tag)
		}
	}
	if in.Method != "" {
		p.disp.call(in.Method)
	}
}

// pos numbers the positions in the order in which they come up.
func (p *program) pos(pos token.Pos) skeleton.Pos {
	if !pos.IsValid() {
		return 0
	}
	if i, ok := p.posns[pos]; ok {
		return i
	}
	p.posTab = append(p.posTab, pos)
	i := skeleton.Pos(len(p.posTab))
	p.posns[pos] = i
	return i
}

// callStart turns the position of a call's parenthesis into that of the call:
// its first character, or its method's name where that is on another line.
func (p *program) callStart(lparen token.Pos) token.Pos {
	if p.starts == nil {
		p.starts = map[token.Pos]token.Pos{}
		for _, f := range p.in.Files {
			ast.Inspect(f, func(n ast.Node) bool {
				if c, ok := n.(*ast.CallExpr); ok {
					p.starts[c.Lparen] = p.startOf(c)
				}
				return true
			})
		}
	}
	if start, ok := p.starts[lparen]; ok {
		return start
	}
	return lparen
}

func (p *program) startOf(c *ast.CallExpr) token.Pos {
	if s, ok := ast.Unparen(c.Fun).(*ast.SelectorExpr); ok {
		f := p.in.Fset.File(c.Pos())
		if f != nil && f.Line(c.Pos()) != f.Line(s.Sel.Pos()) {
			return s.Sel.Pos()
		}
	}
	return c.Pos()
}

// sortedFuncs returns functions in the order of their positions, those
// without one by name. Files are in the order of their names: a driver that
// parses several at a time gives them positions by chance.
func sortedFuncs(fns []*ssa.Function) []*ssa.Function {
	type place struct {
		file   string
		offset int
		name   string
	}
	places := make(map[*ssa.Function]place, len(fns))
	for _, fn := range fns {
		at := fn.Prog.Fset.PositionFor(fn.Pos(), false)
		places[fn] = place{at.Filename, at.Offset, fn.RelString(nil)}
	}
	out := slices.Clone(fns)
	slices.SortStableFunc(out, func(a, b *ssa.Function) int {
		p, q := places[a], places[b]
		return cmp.Or(cmp.Compare(p.file, q.file), cmp.Compare(p.offset, q.offset), cmp.Compare(p.name, q.name))
	})
	return out
}
