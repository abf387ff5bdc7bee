package extract

import "golang.org/x/tools/go/ssa"

// blocksForGood reports whether a receive is from a channel that was made for it
// alone. A test has such for what never answers: it means to wait for good, as at
// a select without cases. Elsewhere it may be a remnant, and is looked at as it stands.
func blocksForGood(recv *ssa.UnOp) bool {
	made, ok := recv.X.(*ssa.MakeChan)
	if !ok || recv.CommaOk {
		return false
	}
	for _, r := range *made.Referrers() {
		if _, isDebug := r.(*ssa.DebugRef); !isDebug && r != ssa.Instruction(recv) {
			return false
		}
	}
	return true
}
