package extract

import (
	"go/ast"
	"slices"
	"strings"

	"github.com/concheck/concheck/analyzers/internal/library"
)

// cleansUpLater reports whether a function is Cleanup of a test that runs in another
// package: what it is given, code out of sight calls at the end of the test, as the
// model does for tests in sight. Packages of helpers have none.
func (p *program) cleansUpLater(name string) bool {
	return strings.HasSuffix(name, ").Cleanup") && library.Package(name) == "testing" && !p.hasTests()
}

// hasTests reports whether tests are among the files of the package.
func (p *program) hasTests() bool {
	return slices.ContainsFunc(p.in.Files, func(f *ast.File) bool {
		return p.testAt(f.FileStart)
	})
}
