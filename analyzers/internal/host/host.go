// Package host holds what the checks must know of the program they run in.
package host

import (
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"strings"
	"sync/atomic"
)

// GolangciLint is set within golangci-lint.
//
// It obeys //nolint, //nolint:all and //nolint:concheck itself, so these are left
// to it: were they obeyed here, it would see no finding and call the comment unused.
// And it turns each related place of a finding into a finding of its own, so
// findings there have none: one cause is one report.
var GolangciLint atomic.Bool

// FactsOnly is set where the packages in hand are analysed for nothing but what
// others want to know of them: nobody will see a finding.
var FactsOnly atomic.Bool

// Standard reports whether a package belongs to the standard library. Its
// module would tell, but not every host names it (nogo does not). So: its path
// begins with a word without a dot, and its files lie in GOROOT/src/PATH, where
// those of a module with such a name do not.
func Standard(fset *token.FileSet, pkg *types.Package, files []*ast.File) bool {
	first, _, _ := strings.Cut(pkg.Path(), "/")
	if strings.Contains(first, ".") || len(files) == 0 {
		return false
	}
	dir := filepath.ToSlash(filepath.Dir(fset.File(files[0].FileStart).Name()))
	path := strings.TrimSuffix(pkg.Path(), "_test")
	return strings.HasSuffix(dir, "/src/"+path)
}
