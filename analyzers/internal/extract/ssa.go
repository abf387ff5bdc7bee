package extract

import (
	"go/ast"
	"go/token"
	"strconv"
	"strings"
)

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
