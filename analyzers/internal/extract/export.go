package extract

import (
	"go/ast"
	"go/types"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// What a package shows to those that import it: the skeletons that its exported
// functions and methods can reach, those of other packages included. Exports
// are sliced as if all of their callers were unknown: whatever comes in by a
// parameter may hold what a caller has made, and results are kept unless
// they are plain data. An export without an effect is left out.
//
// Bounds: an export that reaches more than maxReached functions or
// maxReachedInstrs instructions is unknown, and so are those that come after
// the package's skeletons have grown beyond maxShown instructions.
const (
	maxReached       = 32
	maxReachedInstrs = 800
	maxShown         = 24_000
)

// Concerned reports whether a package uses something of the packages with facts
// that has one of these effects. It looks at names alone.
func Concerned(info *types.Info, archive func(path string) *skeleton.Archive, effects skeleton.Effects) bool {
	for _, obj := range info.Uses {
		fn, ok := obj.(*types.Func)
		if !ok || fn.Pkg() == nil {
			continue
		}
		if a := archive(fn.Pkg().Path()); a != nil && a.Exports()[fn.Origin().FullName()]&effects != 0 {
			return true
		}
	}
	return false
}

// Export gives the archive of a package, nil if that has no skeletons to show
// because it has no exports or extraction failed.
func Export(in Input) []byte {
	p := newProgram(in)
	p.export, p.api = true, map[*ssa.Function]bool{}
	var data []byte
	p.each(func() { data = p.exportAll() })
	return data
}

func (p *program) exportAll() []byte {
	g := p.collect()
	p.findSentinels(g)
	p.findPrivate(g)
	p.findFields(g)
	p.countParams(g)
	var roots []Root
	for _, fn := range g.funcs {
		if obj, ok := fn.Object().(*types.Func); ok && obj.Exported() && obj.Pkg() == p.pkg && !g.info[fn].instance && !g.info[fn].wrapper && !g.isTest(fn) {
			p.api[fn] = true
			roots = append(roots, Root{fn: fn})
		}
	}
	p.world = p.newWorld(g, roots, nil, nil)
	s := p.world.newSlicer()
	s.show()
	shown := map[string]skeleton.Effects{}
	for _, r := range roots {
		if p.resolve(r.fn).model != nil || !s.active[r.fn] && !s.simple[r.fn] {
			continue
		}
		name := p.ref(r.fn)
		shown[name] = 0
		if s.active[r.fn] {
			shown[name] = skeleton.Acts
		}
		if g.info[r.fn].reaches {
			shown[name] |= skeleton.Makes
		}
		if name != fullName(r.fn) {
			shown[fullName(r.fn)] = skeleton.Unknown
			delete(shown, name)
		}
	}
	for _, name := range p.bodiless() {
		shown[name] = skeleton.Unknown
	}
	p.complete()
	c := p.contents(shown)
	return c.Encode(p.place)
}

// isTest reports whether a function is a test, a benchmark, a fuzz test or an
// example: nobody calls it but package testing.
func (g *graph) isTest(fn *ssa.Function) bool {
	test := func(prefix string) bool { return strings.HasPrefix(fn.Name(), prefix) }
	return (test("Test") || test("Benchmark") || test("Fuzz") || test("Example")) && fn.Signature.Recv() == nil && g.testFunc(fn)
}

// bodiless are the exported functions whose code is not Go's.
func (p *program) bodiless() []string {
	var out []string
	for _, f := range p.in.Files {
		for _, d := range f.Decls {
			fd, ok := d.(*ast.FuncDecl)
			if !ok || fd.Body != nil || !fd.Name.IsExported() {
				continue
			}
			if m, ok := p.in.Pkg.Members[fd.Name.Name].(*ssa.Function); ok && fd.Recv == nil {
				out = append(out, fullName(m))
			} else if obj := methodNamed(p.pkg, fd); obj != nil {
				out = append(out, obj.FullName())
			}
		}
	}
	return out
}

// methodNamed is the method that fd declares.
func methodNamed(pkg *types.Package, fd *ast.FuncDecl) *types.Func {
	if fd.Recv == nil {
		return nil
	}
	for _, name := range pkg.Scope().Names() {
		tn, ok := pkg.Scope().Lookup(name).(*types.TypeName)
		if !ok {
			continue
		}
		if n, ok := tn.Type().(*types.Named); ok {
			for m := range n.Methods() {
				if m.Pos() == fd.Name.Pos() {
					return m
				}
			}
		}
	}
	return nil
}

// show fills in the plans for callers that nobody knows.
func (s *slicer) show() {
	for fn := range s.p.api {
		s.api[fn] = true
	}
	for _, fn := range s.w.funcs {
		s.seed(fn)
	}
	for _, fn := range s.w.funcs {
		if n := s.w.g.info[fn]; n != nil && n.reaches { // wrappers that only an interface calls have none
			s.activate(fn)
		}
		if s.p.api[fn] && s.gives(fn) {
			s.activate(fn)
		}
		if s.p.api[fn] && s.simple[fn] {
			s.enter(fn)
			s.shownResults(fn)
		}
		s.objects(fn)
	}
	s.run()
}

// gives reports whether a result may hold a channel or the like that the caller
// has handed over, or can reach in another way: a getter, a wrapper, a conversion.
func (s *slicer) gives(fn *ssa.Function) bool {
	for v := range fn.Signature.Results().Variables() {
		if s.p.modes.ofType(v.Type()) != skeleton.EscapeNone && s.w.own.typ(v.Type()) {
			return true
		}
	}
	return false
}

// objects has a function shown that makes an object of which something is read:
// one that others get from there is not unknown.
func (s *slicer) objects(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			a, ok := in.(*ssa.Alloc)
			if !ok || !a.Heap || !s.p.modes.canHold(deref(a.Type())) {
				continue
			}
			for _, k := range s.w.mem.partsOf(deref(a.Type())) {
				s.onceRead(k, task{do: func() { s.activate(fn) }})
			}
		}
	}
}

// othersRead reads what other packages can read of an object that is made here:
// elements, and fields that are exported.
func (s *slicer) othersRead(v ssa.Value) {
	switch v := v.(type) {
	case *ssa.MakeChan:
		s.reads(s.w.mem.chanKey(v.Type().Underlying().(*types.Chan).Elem()))
	case *ssa.MakeMap:
		s.reads(s.w.mem.mapKey(v.Type()))
	case *ssa.MakeSlice:
		s.reads(s.w.mem.elemKey(v.Type().Underlying().(*types.Slice).Elem()))
	case *ssa.Call:
		if sl, ok := v.Type().Underlying().(*types.Slice); ok {
			if bi, ok := v.Call.Value.(*ssa.Builtin); ok && bi.Name() == "append" {
				s.reads(s.w.mem.elemKey(sl.Elem()))
			}
		}
	case *ssa.Alloc:
		t := deref(v.Type())
		switch u := t.Underlying().(type) {
		case *types.Array:
			s.reads(s.w.mem.elemKey(u.Elem()))
		case *types.Struct:
			for i := range u.NumFields() {
				if v.Heap && u.Field(i).Exported() {
					s.reads(s.w.mem.fieldKey(t, i))
				}
			}
		}
	}
}

// shownResults needs the results of an export.
func (s *slicer) shownResults(fn *ssa.Function) {
	for i := range s.result[fn] {
		if s.p.matters(fn.Signature.Results().At(i).Type()) {
			s.needResult(fn, i)
		}
	}
}

// matters reports whether a result may decide what a caller does to channels
// and locks: plain data may not.
func (p *program) matters(t types.Type) bool {
	if p.modes.canHold(t) || types.Identical(t, errorType) {
		return true
	}
	return strings.Trim(p.lay.of(t), "op") != ""
}

// contents picks what is within the bounds.
func (p *program) contents(shown map[string]skeleton.Effects) *skeleton.Contents {
	c := &skeleton.Contents{}
	r := &reached{p: p, shown: shown, taken: map[string]bool{}}
	for _, name := range slices.Sorted(maps.Keys(shown)) {
		e := skeleton.Export{Name: name, Effects: shown[name]}
		if e.Effects&skeleton.Unknown != 0 || !r.add(name) {
			e.Effects = skeleton.Unknown
		}
		c.Exports = append(c.Exports, e)
	}
	c.Types, c.Interfaces = r.finish()
	for _, name := range r.order {
		c.Funcs = append(c.Funcs, p.out.Funcs[name])
	}
	return c
}

// place resolves a position of the skeletons.
func (p *program) place(pos skeleton.Pos) (file string, line int) {
	if pos < 0 {
		at := p.imp.table[-pos-1]
		return at.File, at.Line
	}
	at := p.in.Fset.PositionFor(p.posTab[pos-1], false)
	return path.Base(p.pkg.Path()) + "/" + filepath.Base(at.Filename), at.Line
}
