package explored

import (
	"slices"

	"github.com/concheck/concheck/analyzers/internal/explore"
	"github.com/concheck/concheck/analyzers/internal/extract"
	"github.com/concheck/concheck/analyzers/internal/skeleton"
	"github.com/concheck/concheck/analyzers/internal/testfile"
)

// Lasting goroutines have no way to end, such as one that receives in a loop
// without condition: they wait for as long as the process runs, which is for those to
// answer who wrote what starts them. It is nothing that a test of it could mend.
//
// What it computes: must, over the functions on the goroutine's stack; one that
// ends by a panic alone counts as having no way.

// lasting reports whether a finding is about such a goroutine, which a test has
// others start.
func (e *explorer) lasting(r extract.Root, f *explore.Finding) bool {
	g := &f.Main
	if g.Started == 0 || !testfile.At(e.fset, r.Pos) || g.Spawned > 0 && testfile.At(e.fset, e.pkg.Pos(g.Spawned)) {
		return false
	}
	return slices.ContainsFunc(g.Stack, func(fr explore.Frame) bool {
		fn := e.pkg.Prog.Funcs[fr.Func]
		return fn != nil && !returns(fn)
	})
}

// returns reports whether a function has a way to return without a panic.
func returns(fn *skeleton.Func) bool {
	for i, b := range fn.Blocks {
		if int32(i) != fn.Recover && len(b) > 0 && b[len(b)-1].Op == skeleton.Return {
			return true
		}
	}
	return false
}
