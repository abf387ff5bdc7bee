package extract

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Process-wide functions: those that end the process, read its command line or
// tune its runtime, and those that only a sync.Once or a flag in a global variable
// lets run (see flags.go).
// What they start, by themselves or by functions that only they call, lives as
// long as the process, as what main starts does.
//
// Must, over the calls in sight that are not of tests. Bound: wideDepth calls up.

const wideDepth = 4

// processWide reports whether a function is process-wide or only called by such.
func (w *world) processWide(fn *ssa.Function) bool {
	return w.wide(fn, wideDepth, map[*ssa.Function]bool{})
}

func (w *world) wide(fn *ssa.Function, depth int, seen map[*ssa.Function]bool) bool {
	if n := w.g.info[fn]; tunesProcess(fn) || n != nil && n.onced && !n.used {
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
		if s.callback || !w.once(s.call) && !w.wide(s.fn, depth-1, seen) {
			return false
		}
		called = true
	}
	return called
}

// onceInProcess reports whether an instruction calls Do of a sync.Once in a
// global variable.
func onceInProcess(in ssa.Instruction) bool {
	c, ok := in.(*ssa.Call)
	if !ok || c.Call.StaticCallee() == nil || fullName(c.Call.StaticCallee()) != "(*sync.Once).Do" {
		return false
	}
	_, global := c.Call.Args[0].(*ssa.Global)
	return global
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
