package lockset

import "golang.org/x/tools/go/ssa"

// Where control comes, and what it comes to first, in the control-flow graph of
// one function.

// before reports whether a, or the same instruction, comes first in its block.
func before(a, b ssa.Instruction) bool {
	for _, i := range a.Block().Instrs {
		switch i {
		case a:
			return true
		case b:
			return false
		}
	}
	return false
}

// precedes reports whether control comes to b only by way of a.
func precedes(a, b ssa.Instruction) bool {
	if a.Block() == b.Block() {
		return before(a, b)
	}
	return a.Block().Dominates(b.Block())
}

// inLoop reports whether a block can be reached from itself.
func inLoop(b *ssa.BasicBlock) bool { return blockReaches(b, b) }

// shareLoop reports whether two blocks are in one loop.
func shareLoop(a, b *ssa.BasicBlock) bool {
	return blockReaches(a, b) && blockReaches(b, a)
}

// blockReaches reports whether there is a path, of one edge at least, from a to b.
func blockReaches(a, b *ssa.BasicBlock) bool { return reachesPast(a, b, nil) }

// reachesPast is blockReaches for paths that keep clear of some blocks.
func reachesPast(a, b *ssa.BasicBlock, past map[*ssa.BasicBlock]bool) bool {
	seen := map[*ssa.BasicBlock]bool{}
	work := append([]*ssa.BasicBlock(nil), a.Succs...)
	for len(work) > 0 {
		x := work[len(work)-1]
		work = work[:len(work)-1]
		if x == b {
			return true
		}
		if !seen[x] && !past[x] {
			seen[x] = true
			work = append(work, x.Succs...)
		}
	}
	return false
}
