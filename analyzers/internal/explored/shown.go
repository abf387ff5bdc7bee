package explored

import (
	"fmt"
	"go/ast"
	"go/types"
	"reflect"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/concheck/concheck/analyzers/internal/extract"
	"github.com/concheck/concheck/analyzers/internal/host"
	"github.com/concheck/concheck/analyzers/internal/lazyssa"
	"github.com/concheck/concheck/analyzers/internal/skeleton"
	"github.com/concheck/concheck/analyzers/internal/testfile"
)

// Shown gives each package outside the standard library a fact with the
// skeletons that its exports reach, those of other packages included: go vet
// hands a package nothing but the facts of its direct imports. What the standard
// library does is the business of package library.
//
// A package without goroutines, channels and the like that uses nothing of the
// sort of others has no fact, and none is computed; nor has one that only uses
// something of the sort and is very large.
var Shown = &analysis.Analyzer{
	Name:       "skeletons",
	Doc:        "skeletons of what a package exports",
	Run:        show,
	Requires:   []*analysis.Analyzer{lazyssa.Analyzer},
	FactTypes:  []analysis.Fact{new(Skeletons)},
	ResultType: reflect.TypeFor[*Source](),
}

// Skeletons is the fact: an archive of package skeleton.
type Skeletons struct{ Archive []byte }

// AFact marks a fact.
func (*Skeletons) AFact() {}

func (s *Skeletons) String() string { return fmt.Sprintf("%d bytes of skeletons", len(s.Archive)) }

// Source is what explorations need of a package and its imports.
type Source struct {
	form     *lazyssa.Form
	relevant bool // the package itself has to do with concurrency
	archives map[string]*skeleton.Archive
}

// archive is that of an imported package, nil if it has none.
func (s *Source) archive(path string) *skeleton.Archive { return s.archives[path] }

// toExplore reports whether a root may be in the package.
func (s *Source) toExplore(pass *analysis.Pass) bool {
	return s.relevant || extract.Concerned(pass.TypesInfo, s.archive, skeleton.Makes)
}

func show(pass *analysis.Pass) (any, error) {
	src := &Source{form: pass.ResultOf[lazyssa.Analyzer].(*lazyssa.Form), relevant: extract.Relevant(pass.Files), archives: map[string]*skeleton.Archive{}}
	if pass.TypesInfo == nil || len(pass.Files) == 0 || host.Standard(pass.Fset, pass.Pkg, pass.Files) {
		return src, nil
	}
	for _, imp := range pass.Pkg.Imports() {
		src.read(pass, imp)
	}
	if !importable(pass) || !src.relevant && (src.form.Large || !extract.Concerned(pass.TypesInfo, src.archive, ^skeleton.Effects(0))) {
		return src, nil
	}
	if data := src.export(pass); data != nil {
		pass.ExportPackageFact(&Skeletons{data})
	}
	return src, nil
}

// importable reports whether another package may import the one in hand: not a
// command, not tests alone. Whether external tests stand beside a package with its
// tests is not for it to know: nobody would have it analysed again when they come.
func importable(pass *analysis.Pass) bool {
	return pass.Pkg.Name() != "main" && slices.ContainsFunc(pass.Files, func(f *ast.File) bool {
		return !testfile.At(pass.Fset, f.FileStart)
	})
}

// export makes the archive of a package, nil if that is beyond it: such a
// package is as unknown to others as one without a fact.
func (s *Source) export(pass *analysis.Pass) (data []byte) {
	defer func() {
		if recover() != nil {
			data = nil
		}
	}()
	defer s.form.Alone()()
	return extract.Export(extract.Input{Fset: pass.Fset, Pkg: s.form.Package(), Files: pass.Files, Imported: s.archive, Errors: s.form.Errors})
}

// read opens the fact of an imported package. One that cannot be read is none.
func (s *Source) read(pass *analysis.Pass, imp *types.Package) {
	var fact Skeletons
	if !pass.ImportPackageFact(imp, &fact) {
		return
	}
	if a, err := skeleton.Open(fact.Archive); err == nil {
		s.archives[imp.Path()] = a
	}
}
