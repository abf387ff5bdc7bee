package analyzers_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/google/go-cmp/cmp"

	"github.com/concheck/concheck/analyzers"
	"github.com/concheck/concheck/analyzers/internal/checktest"
)

var update = flag.Bool("update", false, "write the parts of README.md anew that are made from the program")

func TestRegistry(t *testing.T) {
	all := analyzers.All()
	if err := analysis.Validate(all); err != nil {
		t.Fatal(err)
	}
	if !slices.IsSortedFunc(all, func(a, b *analysis.Analyzer) int { return strings.Compare(a.Name, b.Name) }) {
		t.Error("not sorted by name")
	}
	for _, a := range all {
		t.Run(a.Name, func(t *testing.T) {
			if want := "https://pkg.go.dev/github.com/concheck/concheck/analyzers/" + a.Name; a.URL != want {
				t.Errorf("URL is %q, want %q", a.URL, want)
			}
			summary, body, _ := strings.Cut(a.Doc, "\n")
			if summary == "" || strings.HasSuffix(summary, ".") || len(summary) > 100 {
				t.Errorf("summary %q is not one short line without a full stop", summary)
			}
			for _, part := range []string{"WRONG", "RIGHT"} {
				if !strings.Contains(body, part) {
					t.Errorf("documentation shows no example of what is %s", part)
				}
			}
			positive, negative := examples(t, filepath.Join(checktest.Corpus(t), a.Name))
			if positive == 0 || negative == 0 {
				t.Errorf("testdata/src/%s has %d functions with findings and %d without", a.Name, positive, negative)
			}
		})
	}
}

// examples counts the functions with and without findings below dir.
func examples(t *testing.T, dir string) (positive, negative int) {
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" {
			return err
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		wants := checktest.Wants(t, path)
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			first, last := fset.Position(fn.Pos()).Line, fset.Position(fn.End()).Line
			if slices.ContainsFunc(wants, func(w checktest.Want) bool { return first <= w.Line && w.Line <= last }) {
				positive++
			} else {
				negative++
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	return positive, negative
}

// The table of checks in README.md holds the summaries of their doc.go.
func TestReadme(t *testing.T) {
	var b strings.Builder
	b.WriteString("| check | finds |\n|---|---|\n")
	for _, a := range analyzers.All() {
		summary, _, _ := strings.Cut(a.Doc, "\n")
		fmt.Fprintf(&b, "| [%s](%s) | %s |\n", a.Name, a.URL, strings.TrimPrefix(strings.TrimPrefix(summary, "report "), "check for "))
	}
	compareReadme(t, "checks", b.String())
}

// compareReadme compares the part of README.md that a pair of comments
// encloses with what it must be, or makes it so.
func compareReadme(t *testing.T, part, want string) {
	t.Helper()
	filename := filepath.Join(checktest.Root(t), "README.md")
	data, err := os.ReadFile(filename)
	if err != nil {
		t.Fatal(err)
	}
	begin, end := "<!-- "+part+" -->\n", "<!-- /"+part+" -->"
	head, rest, ok := strings.Cut(string(data), begin)
	got, tail, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatalf("README.md has no part between %q and %q", begin, end)
	}
	if *update {
		if err := os.WriteFile(filename, []byte(head+begin+want+end+tail), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s in README.md is out of date, write it anew with -update (-want +got)\n%s", part, diff)
	}
}

// Select keeps what is asked for, and after Restrict too the check of suppressions requires
// no other: what is switched off does not run in its name.
func TestSelect(t *testing.T) {
	for _, off := range analyzers.All() {
		keep := func(name string) bool { return name != off.Name }
		restricted := analyzers.Select(func(string) bool { return true })
		analyzers.Restrict(restricted, keep)
		restricted = slices.DeleteFunc(restricted, func(a *analysis.Analyzer) bool { return a.Name == off.Name })
		for _, a := range slices.Concat(analyzers.Select(keep), restricted) {
			if a.Name == off.Name {
				t.Errorf("%s is still there", off.Name)
			}
			if a.Name == "nolint" && slices.ContainsFunc(a.Requires, func(r *analysis.Analyzer) bool { return r.Name == off.Name }) {
				t.Errorf("%s still requires %s", a.Name, off.Name)
			}
		}
	}
}

// Bazel's nogo takes the variable Analyzer of each package it is given, and its
// passes have neither a module nor the means to read a file.
func TestNogo(t *testing.T) {
	pkgs, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedTypes | packages.NeedTypesInfo | packages.NeedSyntax | packages.NeedDeps | packages.NeedImports | packages.NeedExportFile,
		Dir:  checktest.Root(t),
	}, "./analyzers/...")
	if err != nil {
		t.Fatal(err)
	}
	byPath := make(map[string]*packages.Package)
	for _, p := range pkgs {
		byPath[p.PkgPath] = p
		for id, obj := range p.TypesInfo.Uses { // in any order: errors only
			v, ok := obj.(*types.Var)
			if ok && v.IsField() && v.Pkg().Path() == "golang.org/x/tools/go/analysis" && (v.Name() == "Module" || v.Name() == "ReadFile") {
				t.Errorf("%s: use of %s of a pass, which nogo does not set", p.Fset.Position(id.Pos()), v.Name())
			}
		}
	}
	for _, a := range analyzers.All() {
		p := byPath["github.com/concheck/concheck/analyzers/"+a.Name]
		if p == nil {
			t.Errorf("%s has no package of its own", a.Name)
			continue
		}
		obj := p.Types.Scope().Lookup("Analyzer")
		if obj == nil || obj.Type().String() != "*golang.org/x/tools/go/analysis.Analyzer" {
			t.Errorf("%s exports no Analyzer", p.PkgPath)
		}
	}
}

// What the corpus requires is required here too, in the same version: its
// packages are loaded without a network, and only what "go test ./..." has
// downloaded for this module is there on a fresh machine. What stands in for a
// module is in the corpus itself.
func TestCorpusModule(t *testing.T) {
	main := requirements(t, checktest.Root(t))
	for path, version := range requirements(t, checktest.Corpus(t)) {
		if main[path] != version {
			t.Errorf("the corpus requires %s %s, the module under test %q", path, version, main[path])
		}
	}
}

func requirements(t *testing.T, dir string) map[string]string {
	t.Helper()
	cmd := exec.Command("go", "mod", "edit", "-json")
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var mod struct {
		Require []struct{ Path, Version string }
		Replace []struct{ Old struct{ Path string } }
	}
	if err := json.Unmarshal(out, &mod); err != nil {
		t.Fatal(err)
	}
	versions := make(map[string]string)
	for _, r := range mod.Require {
		versions[r.Path] = r.Version
	}
	for _, r := range mod.Replace {
		delete(versions, r.Old.Path)
	}
	return versions
}

// Suppressions are checked with the real checks beside them.
func TestNolint(t *testing.T) {
	all := analyzers.All()
	i := slices.IndexFunc(all, func(a *analysis.Analyzer) bool { return a.Name == "nolint" })
	checktest.Run(t, all[i])
}
