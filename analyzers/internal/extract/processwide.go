package extract

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Process-wide functions: those that end the process, read its command line or
// tune its runtime. What they start, by themselves or by functions that only
// they call, lives as long as the process, as what main starts does.
//
// Must, over the calls in sight that are not of tests. Bound: wideDepth calls up.

const wideDepth = 4

// processWide reports whether a function is process-wide or only called by such.
func (w *world) processWide(fn *ssa.Function) bool {
	return w.wide(fn, wideDepth, map[*ssa.Function]bool{})
}

func (w *world) wide(fn *ssa.Function, depth int, seen map[*ssa.Function]bool) bool {
	if tunesProcess(fn) {
		return true
	}
	if depth == 0 || seen[fn] || w.g.entry(w.g.info[fn]) {
		return false
	}
	seen[fn] = true
	if slices.ContainsFunc(w.among[fn], func(cr *crowd) bool { return cr.inCode }) {
		return false
	}
	called := false
	for _, s := range w.sites[fn] {
		if w.g.testFunc(s.fn) {
			continue
		}
		if s.callback || !w.wide(s.fn, depth-1, seen) {
			return false
		}
		called = true
	}
	return called
}

// tunesProcess reports whether a function does itself what concerns the process as a whole.
func tunesProcess(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, in := range b.Instrs {
			c, ok := in.(ssa.CallInstruction)
			if !ok || c.Common().StaticCallee() == nil {
				continue
			}
			switch fullName(c.Common().StaticCallee()) {
			case "os.Exit", "log.Fatal", "log.Fatalf", "log.Fatalln", "flag.Parse",
				"runtime/debug.SetGCPercent", "runtime/debug.SetMemoryLimit", "runtime/debug.SetMaxThreads":
				return true
			}
		}
	}
	return false
}
