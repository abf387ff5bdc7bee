package lockset

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// What is over before something else begins. Who waits for the end of a loop, by
// the channel that the loop closes when it returns or by its WaitGroup, comes to
// what follows when nothing in the loop can happen any more. May: that the
// channel or group, the loop and the locks belong to one object is taken for
// granted, and so is that nobody starts the loop again.

// after reports whether an instruction comes behind the end of all goroutines
// that may come to a function.
func (p *pkg) after(e *edge, fn *ssa.Function) bool {
	for _, w := range p.census(false).endsBehind(e.fn) {
		if !precedes(w.at, e.at) {
			continue
		}
		if ends := p.endings(w.class); len(ends) > 0 && p.within(fn, ends, map[*ssa.Function]bool{}) {
			return true
		}
	}
	return false
}

// An endWait is where a function waits for the end of others, perhaps.
type endWait struct {
	at    ssa.Instruction
	class string
}

// endsBehind lists where a function waits for a channel or group and nothing else.
func (c *census) endsBehind(fn *ssa.Function) []endWait {
	if c.endWaits == nil {
		c.endWaits = map[*ssa.Function][]endWait{}
		for _, class := range c.classes {
			for _, op := range c.ops[class] {
				if op.alone && !op.deferred && (op.kind == chanRecv || op.kind == groupWait) {
					c.endWaits[op.fn] = append(c.endWaits[op.fn], endWait{op.at, class})
				}
			}
		}
	}
	return c.endWaits[fn]
}

// endings are the functions the return of which all closes of a channel, or all
// calls of a group's Done, wait for: they are deferred first of all. None if there
// are others, or if the channel is sent to.
func (p *pkg) endings(class string) []*ssa.Function {
	c := p.census(false)
	if c.leaked[class] || c.writers[class] || !p.private(class) {
		return nil
	}
	var fns []*ssa.Function
	for _, op := range c.ops[class] {
		switch op.kind {
		case chanSend:
			return nil
		case chanClose, groupDone:
			if !op.deferred || op.at.Block() != op.fn.Blocks[0] {
				return nil
			}
			if !slices.Contains(fns, op.fn) {
				fns = append(fns, op.fn)
			}
		}
	}
	return fns
}

// within reports whether a function runs only as part of some functions.
func (p *pkg) within(fn *ssa.Function, of []*ssa.Function, seen map[*ssa.Function]bool) bool {
	if slices.Contains(of, fn) || seen[fn] {
		return true
	}
	seen[fn] = true
	calls := p.callersOf(fn)
	if len(calls) == 0 || p.taken[fn] || fn.Parent() == nil && p.open(fn) {
		return false
	}
	for _, c := range calls {
		if _, ok := c.(*ssa.Go); ok || !p.within(c.Parent(), of, seen) {
			return false
		}
	}
	return true
}
