package extract

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// BuildSSA builds a package with its generic functions instantiated, so that
// types are known, and with debug references, which hold the names of variables.
func BuildSSA(fset *token.FileSet, pkg *types.Package, files []*ast.File, info *types.Info) *ssa.Package {
	prog := ssa.NewProgram(fset, ssa.InstantiateGenerics|ssa.GlobalDebug|ssa.BuildSerially)
	for _, p := range pkg.Imports() {
		prog.CreatePackage(p, nil, nil, true)
	}
	out := prog.CreatePackage(pkg, files, info, false)
	out.Build()
	return out
}

// concurrent are imports without which, and without go statements and
// channels, a package cannot do what the skeletons are about.
var concurrent = []string{"sync", "context", "iter", "golang.org/x/sync"}

// Relevant reports whether a package can hold anything of interest. It looks
// at the syntax alone.
func Relevant(files []*ast.File) bool {
	for _, f := range files {
		for _, imp := range f.Imports {
			path, err := strconv.Unquote(imp.Path.Value)
			if err != nil {
				continue
			}
			for _, c := range concurrent {
				if path == c || strings.HasPrefix(path, c+"/") {
					return true
				}
			}
		}
	}
	for _, f := range files {
		found := false
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt, *ast.ChanType, *ast.SendStmt, *ast.SelectStmt:
				found = true
			case *ast.UnaryExpr:
				found = found || n.Op == token.ARROW
			}
			return !found
		})
		if found {
			return true
		}
	}
	return false
}
