package testfile

import (
	"go/parser"
	"go/token"
	"testing"
)

func TestAt(t *testing.T) {
	const src = "package p\n//line other.go:1\nfunc f() {}\n"
	fset := token.NewFileSet()
	for name, want := range map[string]bool{"a_test.go": true, "a.go": false, "test.go": false} {
		f, err := parser.ParseFile(fset, name, src, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		if got := At(fset, f.Decls[0].Pos()); got != want {
			t.Errorf("%s: %t", name, got)
		}
	}
	if At(fset, token.NoPos) {
		t.Error("no position is in a file of tests")
	}
}
