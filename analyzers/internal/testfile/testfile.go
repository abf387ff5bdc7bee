// Package testfile tells files of tests from other files.
package testfile

import (
	"go/token"
	"strings"
)

// At reports whether a position is in a file of tests, by the name that the go command
// goes by. Where a //line directive says that the code is from makes no difference.
func At(fset *token.FileSet, pos token.Pos) bool {
	file := fset.File(pos)
	return file != nil && strings.HasSuffix(file.Name(), "_test.go")
}
