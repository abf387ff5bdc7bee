package check_test

import (
	"go/ast"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/concheck/concheck/analyzers/internal/check"
)

const doc = `/*
Package demo is a demonstration.

# Analyzer demo

demo: report functions

Some text.
*/
package demo
`

// A panic costs the function it came from, not the package, and no error.
func TestEach(t *testing.T) {
	a := check.New(check.Spec{Name: "demo", Doc: doc, Run: func(p *check.Pass) error {
		for _, d := range p.Files[0].Decls {
			p.Each(func() {
				fn := d.(*ast.FuncDecl)
				if fn.Recv != nil {
					panic("methods are too hard")
				}
				p.Report(analysis.Diagnostic{Pos: fn.Pos(), Category: "demo/func", Message: "function " + fn.Name.Name})
			})
		}
		panic("and so is the end")
	}})
	if want := "report functions\n\nSome text."; a.Doc != want {
		t.Errorf("documentation is %q, want %q", a.Doc, want)
	}
	dir, done, err := analysistest.WriteFiles(map[string]string{"p/p.go": `package p

func f() {} // want "function f"
func (t) m() {}
func g() {} // want "function g"
type t int
`})
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	for _, r := range analysistest.Run(t, dir, a, "p") {
		// The declaration of t is no function, hence the third.
		if res := r.Result.(*check.Result); res.Panics != 3 {
			t.Errorf("%d panics", res.Panics)
		}
		for _, d := range r.Diagnostics {
			if d.URL != check.Page+"demo" {
				t.Errorf("URL is %q", d.URL)
			}
		}
	}
}

func TestDoc(t *testing.T) {
	for _, c := range []string{"", "# Analyzer demo\n\ndemonstration", "# Analyzer demon\n\ndemon: x"} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("no panic for %q", c)
				}
			}()
			check.Doc(c, "demo")
		}()
	}
}
