package lazyssa

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/ssa"
)

// form runs the analyzer, with those that it requires, on one file.
func form(t *testing.T, src string) *Form {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "p.go", src, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Instances: map[*ast.Ident]types.Instance{}, Scopes: map[ast.Node]*types.Scope{},
		Selections: map[*ast.SelectorExpr]*types.Selection{}, FileVersions: map[*ast.File]string{},
	}
	pkg, err := (&types.Config{Importer: importer.Default()}).Check("p", fset, []*ast.File{f}, info)
	if err != nil {
		t.Fatal(err)
	}
	pass := &analysis.Pass{
		Fset: fset, Files: []*ast.File{f}, Pkg: pkg, TypesInfo: info,
		ResultOf:         map[*analysis.Analyzer]any{inspect.Analyzer: inspector.New([]*ast.File{f})},
		ExportObjectFact: func(types.Object, analysis.Fact) {},
		AllObjectFacts:   func() []analysis.ObjectFact { return nil },
	}
	for _, a := range []*analysis.Analyzer{NoReturn, Errors, Passes, Analyzer} {
		res, err := a.Run(pass)
		if err != nil {
			t.Fatal(err)
		}
		pass.ResultOf[a] = res
	}
	return pass.ResultOf[Analyzer].(*Form)
}

func TestForm(t *testing.T) {
	fm := form(t, `package p

func die() { panic("dead") }

func calls() {
	die()
	println("never")
}

func id[T any](x T) T { return x }

func uses() int { return id(1) }
`)
	pkg := fm.Package()
	if pkg != fm.Package() {
		t.Error("built twice")
	}
	if fm.Large {
		t.Error("four functions are many")
	}
	calls := pkg.Func("calls").Blocks[0].Instrs
	if _, ok := calls[len(calls)-1].(*ssa.Panic); !ok {
		t.Errorf("the call of a function that never returns is followed by %v", calls[len(calls)-1])
	}
	instance := false
	for _, in := range pkg.Func("uses").Blocks[0].Instrs {
		if c, ok := in.(*ssa.Call); ok {
			fn := c.Call.StaticCallee()
			instance = fn.Origin() == pkg.Func("id") && len(fn.Blocks) > 0 && fn.Synthetic != ""
		}
	}
	if !instance {
		t.Error("the call of id is not that of an instance with a body")
	}
}

func TestLarge(t *testing.T) {
	source := func(n int) string {
		var b strings.Builder
		b.WriteString("package p\n")
		for i := range n {
			fmt.Fprintf(&b, "func f%d() {}\n", i)
		}
		return b.String()
	}
	if form(t, source(maxFuncs)).Large || !form(t, source(maxFuncs+1)).Large {
		t.Errorf("packages of %d functions are not large, those of more are", maxFuncs)
	}
}
