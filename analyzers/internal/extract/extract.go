// Package extract turns go/ssa into skeletons: what the functions of a package
// do to channels, locks and goroutines, and the data that decides it.
package extract

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/lazyssa"
	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Repanic lets panics through that Build otherwise counts. Tests set it.
var Repanic bool

// Input is the package to extract from.
type Input struct {
	Fset  *token.FileSet
	Pkg   *ssa.Package // built by package lazyssa
	Files []*ast.File

	// Imported gives what the fact of an imported package holds, nil if it has none.
	Imported func(path string) *skeleton.Archive

	// Errors tells which functions make errors, nil if that is not known of any.
	Errors func(types.Object) *lazyssa.MakesError
}

// Package is what Build finds in a package.
type Package struct {
	Prog  *skeleton.Program
	Roots []Root
	Stats Stats

	Patient  []Root              // functions with callers that cancel no context
	Clients  []Clients           // of the package's types, those of one type together
	Openings map[string]*Opening // by the function's name in the program

	positions []token.Pos
	places    []Place
}

// Stats counts what extraction did.
type Stats struct {
	Functions   int // with a body
	Built       int // that have a skeleton
	Instrs      int // in these skeletons
	Unsupported int // instructions that no skeleton can express
	Panics      int // functions given up because their extraction panicked
}

// Pos resolves a position of the program.
func (p *Package) Pos(pos skeleton.Pos) token.Pos {
	if pos <= 0 || int(pos) > len(p.positions) {
		return token.NoPos
	}
	return p.positions[pos-1]
}

// Place resolves a position in another package.
func (p *Package) Place(pos skeleton.Pos) Place {
	if pos >= 0 || int(-pos) > len(p.places) {
		return Place{}
	}
	return p.places[-pos-1]
}

// Build extracts the skeletons of all that the roots of a package can reach.
// It neither fails nor panics: functions that it cannot deal with are missing,
// which makes them unknown code.
func Build(in Input) *Package {
	p := newProgram(in)
	pkg := &Package{Prog: p.out}
	p.each(func() { p.extract(pkg) })
	pkg.positions, pkg.places = p.posTab, p.imp.table
	pkg.Stats = p.stats
	return pkg
}

func newProgram(in Input) *program {
	return &program{
		in: in, pkg: in.Pkg.Pkg, prog: in.Pkg.Prog, imp: newImports(in.Imported),
		lay: newLayouts(in.Pkg.Pkg), modes: &modes{holds: map[types.Type]bool{}}, disp: newDispatch(),
		out:   &skeleton.Program{Funcs: map[string]*skeleton.Func{}, Types: map[string]*skeleton.Type{}},
		names: map[*ssa.Function]string{}, used: map[string]bool{}, plans: map[*ssa.Function]*plan{}, sums: map[string]summary{},
		targets: map[*ssa.Function]target{}, methods: map[*types.Func]target{},
		posns: map[token.Pos]skeleton.Pos{}, counts: map[*ssa.Parameter]bool{}, drops: map[*ssa.Function]bool{}, params: map[*skeleton.Func][]bool{}, sentinels: map[*ssa.Global]bool{}, private: map[types.Object]bool{}, fixed: map[*ssa.Global]*ssa.Const{}, positive: map[*ssa.Global]bool{}, channels: map[*ssa.Global]bool{},
	}
}

// each calls f and survives a panic in it.
func (p *program) each(f func()) {
	defer func() {
		if Repanic {
			return
		}
		if recover() != nil {
			p.stats.Panics++
		}
	}()
	f()
}

func (p *program) extract(pkg *Package) {
	g := p.collect()
	p.stats.Functions = len(g.funcs)
	p.findSentinels(g)
	p.findPrivate(g)
	p.findFixed(g)
	p.findFields(g)
	roots := g.roots()
	p.countParams(g)
	p.findCounts(g)
	clients, openers := g.clientTypes(), append(g.openers(), g.foreignOpeners()...)
	entries := append(clientEntries(clients), openerEntries(openers)...)
	w := p.newWorld(g, roots, clients, entries)
	p.world = w
	w.slice(roots, entries)
	for _, r := range roots {
		r.Func = p.ref(r.fn)
		r.Guarded = w.guarded(r.fn)
		if r.Kind == Test {
			r.Func = p.testRoot(r.fn)
		}
		pkg.Roots = append(pkg.Roots, r)
	}
	p.nameClients(clients)
	p.nameOpenings(openers)
	p.complete()
	p.each(func() { p.addClients(pkg, g, clients) })
	p.each(func() { p.addOpenings(pkg, openers) })
	kept := pkg.Roots[:0]
	for _, r := range pkg.Roots {
		if p.out.Funcs[r.Func] != nil && p.out.Funcs[p.names[r.fn]] != nil {
			kept = append(kept, r)
		}
	}
	pkg.Roots = kept
	p.each(func() { p.addPatient(pkg, g) })
}

// complete builds all functions that are referred to, and the dynamic types.
func (p *program) complete() {
	for {
		for len(p.queue) > 0 {
			fn := p.queue[0]
			p.queue = p.queue[1:]
			p.each(func() { p.add(fn) })
		}
		news := p.completeTypes()
		if !p.completeForeign() && !news && len(p.queue) == 0 {
			break
		}
	}
	p.finishTypes()
	p.finishForeign()
}

// add builds one function. What is not well-formed is left out.
func (p *program) add(fn *ssa.Function) {
	f := p.build(fn)
	if err := f.Check(); err != nil {
		if Repanic {
			panic(err)
		}
		p.stats.Panics++
		return
	}
	p.out.Funcs[f.Name] = f
	p.stats.Built++
	for i, b := range f.Blocks {
		f.Blocks[i] = slices.Clone(b) // without the room that was left to grow
		p.stats.Instrs += len(b)
	}
}
