package explored

import (
	"slices"

	"github.com/concheck/concheck/analyzers/internal/explore"
	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// Order that other packages keep: where their functions were too much and are
// unknown (see aloneProgram), one of them may be what lets a goroutine wait for
// another before it closes the channel that this one sends on.
//
// What it computes: over the skeletons, whether a function that the exploration
// entered calls one of another package that waits, itself or through the functions
// that it calls. Ignored: calls through interfaces and function values.

// unordered reports whether a panic takes two goroutines to do things in an order
// that a function may forbid which was left out.
func (e *explorer) unordered(res *explore.Result, f *explore.Finding) bool {
	if e.prog != e.alone || f.Kind != explore.SendClosed && f.Kind != explore.CloseClosed {
		return false
	}
	apart := slices.ContainsFunc(f.Steps, func(s explore.Step) bool {
		return s.Op == skeleton.Close && s.Goroutine != f.Main.ID
	})
	return apart && slices.ContainsFunc(res.Entered, e.waitsAbroad)
}

// waitsAbroad reports whether a function of the package calls one of another
// package that waits.
func (e *explorer) waitsAbroad(name string) bool {
	fn := e.pkg.Prog.Funcs[name]
	return fn != nil && !fn.Foreign() && slices.ContainsFunc(calls(fn), func(callee string) bool {
		f := e.pkg.Prog.Funcs[callee]
		return f != nil && f.Foreign() && e.waits(f, map[string]bool{})
	})
}

// waits reports whether a function waits for others, or one that it calls does.
func (e *explorer) waits(fn *skeleton.Func, seen map[string]bool) bool {
	if seen[fn.Name] {
		return false
	}
	seen[fn.Name] = true
	for _, b := range fn.Blocks {
		for i := range b {
			switch b[i].Op {
			case skeleton.Recv, skeleton.Recv2, skeleton.WgWait, skeleton.CondPark:
				return true
			case skeleton.Select:
				if b[i].N == 0 {
					return true
				}
			}
		}
	}
	return slices.ContainsFunc(calls(fn), func(callee string) bool {
		f := e.pkg.Prog.Funcs[callee]
		return f != nil && e.waits(f, seen)
	})
}

// calls are the functions that a function calls or defers.
func calls(fn *skeleton.Func) (names []string) {
	for _, b := range fn.Blocks {
		for i := range b {
			in := &b[i]
			if (in.Op == skeleton.Call || in.Op == skeleton.Defer) && len(in.Args) > 0 && in.Args[0].Kind == skeleton.ArgFunc {
				names = append(names, in.Args[0].S)
			}
		}
	}
	return names
}
