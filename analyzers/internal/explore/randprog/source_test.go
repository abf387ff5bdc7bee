package randprog

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"testing"
)

// TestRender checks that the source compiles, with hooks and without, and that
// both number the operations as the skeleton does.
func TestRender(t *testing.T) {
	var programs []*Program
	for seed := range uint64(300) {
		programs = append(programs, New(seed))
	}
	const hooks = "package p\ntype hooks struct{}\nfunc (*hooks) yield() {}\nfunc (*hooks) catch() {}\n"
	for _, with := range []Options{{}, {Hooks: true}, {Forms: true}, {Hooks: true, Forms: true}} {
		src := Render("p", programs, with)
		fset := token.NewFileSet()
		var files []*ast.File
		for name, text := range map[string]string{"p.go": src.Text, "hooks.go": hooks} {
			f, err := parser.ParseFile(fset, name, text, 0)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, f)
		}
		cfg := types.Config{Importer: importer.ForCompiler(fset, "source", nil)}
		if _, err := cfg.Check("p", fset, files, nil); err != nil {
			t.Errorf("%+v: %v\n%s", with, err, src.Text)
		}
		for i, p := range programs {
			highest := 0
			for _, f := range p.Skeleton().Funcs {
				for _, block := range f.Blocks {
					for _, in := range block {
						highest = max(highest, int(in.Pos))
					}
				}
			}
			seen := map[int]bool{}
			for _, n := range src.Lines[i] {
				seen[n] = true
			}
			if len(seen) != highest {
				t.Errorf("seed %d: %d numbered operations in the source, %d in the skeleton", p.Seed, len(seen), highest)
			}
		}
	}
}
