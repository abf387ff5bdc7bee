package extract

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/library"
	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// A package with a fact is known: a call of a function that the fact has a
// skeleton of is like one of a model of the library, with positions of its own;
// a function that it does not name has no effect. Functions are decoded when
// they are first called.
type imports struct {
	archive func(path string) *skeleton.Archive // nil for a package without a fact
	from    map[string]*skeleton.Archive        // where functions, types and interfaces come from, by name and tag
	funcs   map[string]*skeleton.Func           // decoded
	types   map[string]*skeleton.Shape          // dynamic types, by tag
	ifaces  map[string]*skeleton.Shape
	opened  map[*skeleton.Archive]bool

	places map[Place]skeleton.Pos
	table  []Place // of the positions below zero
}

// Place is a position in another package: its file, with the last element of
// the path of the package, and the line.
type Place struct {
	File string
	Line int
}

func newImports(archive func(path string) *skeleton.Archive) *imports {
	if archive == nil {
		archive = func(string) *skeleton.Archive { return nil }
	}
	return &imports{
		archive: archive, from: map[string]*skeleton.Archive{}, funcs: map[string]*skeleton.Func{}, types: map[string]*skeleton.Shape{},
		ifaces: map[string]*skeleton.Shape{}, opened: map[*skeleton.Archive]bool{}, places: map[Place]skeleton.Pos{},
	}
}

// pos numbers the positions in other packages.
func (im *imports) pos(file string, line int) skeleton.Pos {
	at := Place{file, line}
	if p, ok := im.places[at]; ok {
		return p
	}
	im.table = append(im.table, at)
	p := -skeleton.Pos(len(im.table))
	im.places[at] = p
	return p
}

// open notes the types and interfaces of an archive.
func (im *imports) open(a *skeleton.Archive) {
	if im.opened[a] {
		return
	}
	im.opened[a] = true
	for i := range a.Types {
		if s := &a.Types[i]; im.types[s.Tag] == nil {
			im.types[s.Tag], im.from[s.Tag] = s, a
		}
	}
	for i := range a.Interfaces {
		if s := &a.Interfaces[i]; im.ifaces[s.Tag] == nil {
			im.ifaces[s.Tag] = s
		}
	}
}

// load decodes a function of an archive with all that it refers to, nil if there is none.
func (im *imports) load(a *skeleton.Archive, name string) *skeleton.Func {
	if f, ok := im.funcs[name]; ok {
		return f
	}
	im.open(a)
	f, err := a.Func(name, im.pos)
	if err != nil {
		f = nil
	}
	im.funcs[name] = f
	if f == nil {
		return nil
	}
	if f.Pos == 0 && !f.Library {
		f.Pos = im.pos("", 0)
	}
	for _, b := range f.Blocks {
		for i := range b {
			for _, arg := range b[i].Args {
				if arg.Kind == skeleton.ArgFunc && library.Func(arg.S) == nil {
					im.load(a, arg.S)
				}
			}
		}
	}
	return f
}

// method is the function of a dynamic type's method, "" if it is not known.
func (im *imports) method(tag string, m skeleton.Method) string {
	if m.Func == "" || library.Func(m.Func) == nil && im.load(im.from[tag], m.Func) == nil {
		return ""
	}
	return m.Func
}

// lookUp finds what a fact tells of a function of another package.
func (p *program) lookUp(t *target, fn *ssa.Function) {
	obj, ok := fn.Object().(*types.Func)
	if !ok || obj.Pkg() == nil || obj.Pkg() == p.pkg || !obj.Exported() {
		return
	}
	a := p.imp.archive(obj.Pkg().Path())
	if a == nil {
		return
	}
	effects, ok := a.Exports()[t.name]
	if !ok {
		t.known, t.inert, t.eff = true, true, library.Effect{Args: string(rune(skeleton.EscapeNone))}
		return
	}
	if effects&skeleton.Unknown != 0 {
		return
	}
	if f := p.imp.load(a, t.name); f != nil && p.agrees(f, fn) {
		t.model, t.foreign = f, true
	}
}

// agrees reports whether a skeleton has the layouts that the function's
// parameters and results have here. In one of a generic function type
// parameters are cells.
func (p *program) agrees(f *skeleton.Func, fn *ssa.Function) bool {
	for _, t := range fn.TypeArgs() {
		if p.lay.width(t) != 1 {
			return false
		}
	}
	generic := len(fn.TypeArgs()) > 0
	same := func(there string, t types.Type) bool {
		here := p.lay.of(t)
		return generic && len(here) == len(there) || here == strings.ReplaceAll(there, "n", here)
	}
	var vars []*types.Var
	if r := fn.Signature.Recv(); r != nil {
		vars = append(vars, r)
	}
	vars = slices.AppendSeq(vars, fn.Signature.Params().Variables())
	if len(vars) != len(f.Params) || fn.Signature.Results().Len() != len(f.Results) {
		return false
	}
	for i, v := range vars {
		if !same(f.Params[i].Layout, v.Type()) {
			return false
		}
	}
	for i := range f.Results {
		layout, _, _ := strings.Cut(f.Results[i], ":")
		if !same(layout, fn.Signature.Results().At(i).Type()) {
			return false
		}
	}
	return true
}

// model is the skeleton of a function outside the package: that of the library,
// or one of another package that was loaded before.
func (p *program) model(name string) *skeleton.Func {
	if m := library.Func(name); m != nil {
		return m
	}
	return p.imp.funcs[name]
}

// foreignType adds a dynamic type that functions of other packages make.
func (p *program) foreignType(tag string) {
	if p.imp.types[tag] == nil || slices.Contains(p.disp.foreign, tag) {
		return
	}
	p.disp.foreign = append(p.disp.foreign, tag)
}

// completeForeign gives the dynamic types of other packages the methods that
// are called by now, and reports whether that was news.
func (p *program) completeForeign() bool {
	news := false
	for i := 0; i < len(p.disp.foreign); i++ {
		tag := p.disp.foreign[i]
		typ := p.out.Types[tag]
		if typ == nil {
			typ = &skeleton.Type{Tag: tag, Methods: map[string]string{}}
			p.out.Types[tag] = typ
			news = true
		}
		for _, m := range p.imp.types[tag].Methods {
			name := m.Name[strings.LastIndexByte(m.Name, '.')+1:]
			if !p.disp.methods[name] || typ.Methods[name] != "" {
				continue
			}
			if fn := p.imp.method(tag, m); fn != "" {
				p.addModel(fn)
				typ.Methods[name] = fn
				news = true
			}
		}
	}
	return news
}

// shape lists the methods of a type, or of an interface.
func (p *program) shape(tag string, t types.Type) skeleton.Shape {
	s := skeleton.Shape{Tag: tag}
	set := p.prog.MethodSets.MethodSet(t)
	for i := range set.Len() {
		obj := set.At(i).Obj().(*types.Func)
		name := obj.Name()
		if !obj.Exported() && obj.Pkg() != nil {
			name = obj.Pkg().Path() + "." + name
		}
		s.Methods = append(s.Methods, skeleton.Method{Name: name, Sig: p.own.sigKey(obj.Signature())})
	}
	slices.SortFunc(s.Methods, func(a, b skeleton.Method) int { return strings.Compare(a.Name, b.Name) })
	return s
}

// finishForeign fills in which interfaces are implemented where the type or the
// interface is one of another package's functions.
func (p *program) finishForeign() {
	for _, tag := range p.disp.asked {
		iface := p.imp.ifaces[tag]
		for _, t := range p.disp.order {
			if s := p.shape(t, p.disp.dynamic[t]); p.disp.ifaces[tag] == nil && s.Implements(iface) {
				p.implements(t, tag)
			}
		}
		for _, t := range p.disp.foreign {
			if p.imp.types[t].Implements(iface) {
				p.implements(t, tag)
			}
		}
	}
	for tag, iface := range p.disp.ifaces {
		s := p.shape(tag, iface)
		for _, t := range p.disp.foreign {
			if p.imp.types[t].Implements(&s) {
				p.implements(t, tag)
			}
		}
	}
}

func (p *program) implements(tag, iface string) {
	typ := p.out.Types[tag]
	if i, found := slices.BinarySearch(typ.Implements, iface); !found {
		typ.Implements = slices.Insert(typ.Implements, i, iface)
	}
}
