package extract

import (
	"bytes"
	"flag"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/concheck/concheck/analyzers/internal/lazyssa"
)

var update = flag.Bool("update", false, "write the golden files anew; review them by hand")

// exports maps the packages that sources of the tests import to their export data.
var exports = sync.OnceValues(func() (map[string]string, error) {
	out, err := exec.Command("go", "list", "-export", "-deps", "-f", "{{.ImportPath}}\t{{.Export}}",
		"context", "errors", "fmt", "io", "log", "os", "sync", "sync/atomic", "time", "testing", "slices", "maps", "iter").Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	m := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), "\t")
		m[path] = file
	}
	return m, nil
})

// source extracts from one file.
func source(name string, src []byte) (*Package, error) { return sourceOf("p", name, src) }

// sourceOf extracts from the one file of the package of that path.
func sourceOf(path, name string, src []byte) (*Package, error) {
	files, err := exports()
	if err != nil {
		return nil, err
	}
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	imp := importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) {
		if files[path] == "" {
			return nil, fmt.Errorf("no export data for %s", path)
		}
		return os.Open(files[path])
	})
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Scopes: map[ast.Node]*types.Scope{}, Instances: map[*ast.Ident]types.Instance{}, FileVersions: map[*ast.File]string{},
	}
	cfg := types.Config{Importer: imp, GoVersion: "go1.26"}
	pkg, err := cfg.Check(path, fset, []*ast.File{f}, info)
	if err != nil {
		return nil, err
	}
	fs := []*ast.File{f}
	return Build(Input{Fset: fset, Pkg: lazyssa.Build(fset, pkg, fs, info, nil), Files: fs}), nil
}

// dump is the golden form: the roots, the program, and positions as lines.
func dump(p *Package, src []byte) string {
	var b strings.Builder
	for _, r := range p.Roots {
		fmt.Fprintf(&b, "root %s kind %d secondary %t\n", r.Func, r.Kind, r.Secondary)
	}
	for _, c := range p.Clients {
		fmt.Fprintf(&b, "%s\n", c.Func)
	}
	b.WriteString(p.Prog.String())
	return b.String()
}

func TestGolden(t *testing.T) {
	Repanic = true
	files, err := filepath.Glob("testdata/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no sources: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			p, err := source(file, src)
			if err != nil {
				t.Fatal(err)
			}
			got := []byte(dump(p, src))
			golden := strings.TrimSuffix(file, ".go") + ".golden"
			if *update {
				if err := os.WriteFile(golden, got, 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(want, got) {
				t.Errorf("skeletons differ (-want +got):\n%s", cmp.Diff(string(want), string(got)))
			}
			again, err := source(file, src)
			if err != nil {
				t.Fatal(err)
			}
			if dump(again, src) != string(got) {
				t.Error("a second extraction differs from the first")
			}
		})
	}
}
