package extract

import (
	"fmt"
	"go/token"
	"go/types"
	"maps"
	"slices"

	"github.com/concheck/concheck/analyzers/internal/library"
	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// dispatch collects what calls of interface methods need: the dynamic types
// that values in interfaces have, the methods that are called, the interface
// types that are asserted. Tables hold only methods that are called somewhere.
type dispatch struct {
	tags    map[types.Type]string
	locals  map[string][]*types.TypeName // types of one qualified name: those declared in functions
	dynamic map[string]types.Type
	order   []string // tags of dynamic, in order of appearance
	methods map[string]bool
	called  []string
	ifaces  map[string]*types.Interface
	foreign []string // tags of the dynamic types that functions of other packages make
	asked   []string // interfaces for which these ask
}

func newDispatch() *dispatch {
	return &dispatch{
		tags: map[types.Type]string{}, locals: map[string][]*types.TypeName{}, dynamic: map[string]types.Type{},
		methods: map[string]bool{}, ifaces: map[string]*types.Interface{},
	}
}

// tag names a type. Types declared in functions get a number where their
// qualified names are equal.
func (d *dispatch) tag(t types.Type) string {
	t = types.Unalias(t)
	if s, ok := d.tags[t]; ok {
		return s
	}
	s := types.TypeString(t, func(p *types.Package) string { return p.Path() })
	named := t
	if ptr, ok := t.(*types.Pointer); ok {
		named = types.Unalias(ptr.Elem())
	}
	if n, ok := named.(*types.Named); ok && n.Obj().Pkg() != nil && n.Obj().Parent() != n.Obj().Pkg().Scope() && n.Obj().Parent() != nil {
		key := typeName(n)
		i := slices.Index(d.locals[key], n.Obj())
		if i < 0 {
			i = len(d.locals[key])
			d.locals[key] = append(d.locals[key], n.Obj())
		}
		s = fmt.Sprintf("%s·%d", s, i+1)
	}
	d.tags[t] = s
	return s
}

// put notes that values of type t are put into interfaces.
func (d *dispatch) put(t types.Type) string {
	tag := d.tag(t)
	if _, ok := d.dynamic[tag]; !ok {
		d.dynamic[tag] = t
		d.order = append(d.order, tag)
	}
	return tag
}

// call notes that a method of this name is called on an interface.
func (d *dispatch) call(method string) {
	if !d.methods[method] {
		d.methods[method] = true
		d.called = append(d.called, method)
	}
}

// asserted notes that values are asserted to be of type t.
func (d *dispatch) asserted(t types.Type) string {
	tag := d.tag(t)
	if i, ok := t.Underlying().(*types.Interface); ok {
		d.ifaces[tag] = i
	}
	return tag
}

// asks notes that a function of another package asserts values to be of an interface type.
func (d *dispatch) asks(tag string) {
	if !slices.Contains(d.asked, tag) {
		d.asked = append(d.asked, tag)
	}
}

// completeTypes gives each dynamic type the methods that are called by now,
// and reports whether that was news.
func (p *program) completeTypes() bool {
	news := false
	for i := 0; i < len(p.disp.order); i++ {
		tag := p.disp.order[i]
		t := p.disp.dynamic[tag]
		typ := p.out.Types[tag]
		if typ == nil {
			typ = &skeleton.Type{Tag: tag, Methods: map[string]string{}}
			p.out.Types[tag] = typ
		}
		if _, isIface := t.Underlying().(*types.Interface); isIface {
			continue
		}
		set := p.prog.MethodSets.MethodSet(t)
		for j := range set.Len() {
			sel := set.At(j)
			name := sel.Obj().Name()
			if !p.disp.methods[name] || typ.Methods[name] != "" {
				continue
			}
			fn := p.methodOf(sel)
			if fn == nil {
				continue
			}
			if m := p.modelledType(tag); m != nil && m.Methods[name] != "" {
				// The model of a type may differ from that of its methods.
				p.addModel(m.Methods[name])
				typ.Methods[name] = m.Methods[name]
			} else {
				typ.Methods[name] = p.funcValue(fn)
			}
			news = true
		}
	}
	return news
}

// finishTypes fills in the interfaces that types implement.
func (p *program) finishTypes() {
	var names []string
	for name := range p.disp.ifaces {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, tag := range p.disp.order {
		typ := p.out.Types[tag]
		for _, name := range names {
			if implements(p.disp.dynamic[tag], p.disp.ifaces[name]) {
				typ.Implements = append(typ.Implements, name)
			}
		}
	}
}

// modelledType is what library knows of a dynamic type, nil if that is the
// package's own: then it has the fields and methods of the source.
func (p *program) modelledType(tag string) *skeleton.Type {
	if library.Package(tag) == ownPath(p.pkg) {
		return nil
	}
	return library.Types()[tag]
}

// afterFuncer is interface{ AfterFunc(func()) func() bool }.
var afterFuncer = func() *types.Interface {
	tuple := func(t types.Type) *types.Tuple { return types.NewTuple(types.NewParam(token.NoPos, nil, "", t)) }
	f := types.NewSignatureType(nil, nil, nil, nil, nil, false)
	stop := types.NewSignatureType(nil, nil, nil, nil, tuple(types.Typ[types.Bool]), false)
	sig := types.NewSignatureType(nil, nil, nil, tuple(f), tuple(stop), false)
	return types.NewInterfaceType([]*types.Func{types.NewFunc(token.NoPos, nil, "AfterFunc", sig)}, nil).Complete()
}()

// libraryType adds a dynamic type that library models make, with its methods.
func (p *program) libraryType(tag string) {
	t := p.modelledType(tag)
	if t == nil || p.out.Types[tag] != nil {
		return
	}
	p.out.Types[tag] = &skeleton.Type{Tag: t.Tag, Methods: maps.Clone(t.Methods), Implements: slices.Clone(t.Implements)}
	var names []string
	for _, fn := range t.Methods {
		names = append(names, fn)
	}
	slices.Sort(names)
	for _, fn := range names {
		p.addModel(fn)
	}
}
