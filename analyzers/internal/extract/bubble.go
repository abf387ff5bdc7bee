package extract

import "golang.org/x/tools/go/ssa"

// In a bubble of package synctest time passes only when everybody waits: a
// Sleep there comes after all that can happen before, which no schedule of a
// skeleton is bound by. As at synctest.Wait, none is followed beyond it.
//
// What it computes: must, for the literals that are given to synctest where they
// are written, and those within them.

// sleepsInBubble reports whether a call, of a function of which t is known, is
// one of time.Sleep in a bubble.
func (p *program) sleepsInBubble(c ssa.CallInstruction, t target) bool {
	return t.name == "time.Sleep" && p.bubbled(c.Parent())
}

// bubbled reports whether a function runs in a bubble.
func (p *program) bubbled(fn *ssa.Function) bool {
	for ; fn.Parent() != nil; fn = fn.Parent() {
		if givenToBubble(fn) {
			return true
		}
	}
	return false
}

// sleepsInTest reports whether such a call is one of time.Sleep in a test: what
// it gives others time for comes before what follows it. Elsewhere a sleep keeps
// nobody from anything, and there is none in the skeleton of what else does nothing.
func (p *program) sleepsInTest(c ssa.CallInstruction, t target) bool {
	return t.name == "time.Sleep" && p.testAt(c.Pos())
}

func givenToBubble(fn *ssa.Function) bool {
	for _, b := range fn.Parent().Blocks {
		for _, in := range b.Instrs {
			c, ok := in.(*ssa.Call)
			if !ok || c.Call.StaticCallee() == nil {
				continue
			}
			switch fullName(c.Call.StaticCallee()) {
			case "testing/synctest.Test", "testing/synctest.Run", "internal/synctest.Run":
				for _, a := range c.Call.Args {
					if mc, ok := a.(*ssa.MakeClosure); ok {
						a = mc.Fn
					}
					if a == ssa.Value(fn) {
						return true
					}
				}
			}
		}
	}
	return false
}
