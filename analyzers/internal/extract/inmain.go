package extract

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/concheck/concheck/analyzers/internal/library"
)

// What runs once in a process, on the way from main or from a command to the end: the
// process ends soon after it returns, and what it leaves then is left to that.
//
// What it computes: the greatest set of functions that nobody enters but by plain
// calls, none in a loop, of main, of commands and of functions of the set. The rest
// is anybody's to call.

// ofCommand reports whether a function is a command of the program, or a part of one.
func ofCommand(fn *ssa.Function) bool {
	for v := range fn.Signature.Params().Variables() {
		if library.Command(typeName(deref(v.Type()))) {
			return true
		}
	}
	return false
}

// findInMain finds such functions.
func (g *graph) findInMain() {
	g.inMain = map[*ssa.Function]bool{}
	if !slices.ContainsFunc(g.funcs, func(fn *ssa.Function) bool { return g.kind(fn) == Main }) {
		return
	}
	var work []*ssa.Function
	for _, fn := range g.funcs {
		if n := g.info[fn]; fn.Parent() == nil && !g.entry(n) && g.kind(fn) == Plain {
			work = append(work, fn)
		}
	}
	for _, fn := range work {
		g.inMain[fn] = true
	}
	for shrunk := true; shrunk; {
		shrunk = false
		for _, fn := range work {
			if g.inMain[fn] && slices.ContainsFunc(g.info[fn].calls, func(c ssa.CallInstruction) bool { return !g.onceInMain(c) }) {
				delete(g.inMain, fn)
				shrunk = true
			}
		}
	}
}

// onceInMain reports whether a call happens once in the process, by main or a command.
func (g *graph) onceInMain(c ssa.CallInstruction) bool {
	if _, ok := c.(*ssa.Go); ok || inCycle(c.Block()) {
		return false
	}
	return g.kind(c.Parent()) == Main
}
