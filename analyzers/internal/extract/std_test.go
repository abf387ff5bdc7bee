package extract

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/packages"

	"github.com/concheck/concheck/analyzers/internal/lazyssa"
	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// load reads packages with their syntax; what they import comes from export data.
func load(t testing.TB, patterns ...string) []*packages.Package {
	t.Helper()
	cfg := &packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedSyntax | packages.NeedTypes | packages.NeedTypesInfo |
			packages.NeedImports | packages.NeedExportFile | packages.NeedTypesSizes,
	}
	pkgs, err := packages.Load(cfg, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	if packages.PrintErrors(pkgs) > 0 {
		t.Fatal("packages have errors")
	}
	return pkgs
}

func build(pkg *packages.Package) *Package {
	return Build(Input{Fset: pkg.Fset, Pkg: lazyssa.Build(pkg.Fset, pkg.Types, pkg.Syntax, pkg.TypesInfo, nil), Files: pkg.Syntax})
}

// TestStd extracts real packages: every skeleton is well-formed (Build panics
// otherwise), every position resolves, and its text form reads back the same.
func TestStd(t *testing.T) {
	Repanic = true
	for _, pkg := range load(t, "context", "net/http", "os/exec", "io", "net/rpc", "time", "database/sql", "sync", "internal/singleflight") {
		t.Run(pkg.PkgPath, func(t *testing.T) {
			p := build(pkg)
			if p.Stats.Unsupported > 0 {
				t.Errorf("%d instructions without translation", p.Stats.Unsupported)
			}
			for _, f := range p.Prog.Funcs {
				if f.Pos != 0 && !p.Pos(f.Pos).IsValid() {
					t.Errorf("%s has no position", f.Name)
				}
			}
			text := p.Prog.String()
			again, err := skeleton.Parse(text)
			if err != nil {
				t.Fatalf("text form refused: %v", err)
			}
			if again.String() != text {
				t.Errorf("text form changes when read back: %s", cmp.Diff(text, again.String()))
			}
			t.Logf("%d roots, %+v", len(p.Roots), p.Stats)
		})
	}
}
