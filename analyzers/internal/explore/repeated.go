package explore

import "slices"

// A test knows how often: what its server is asked, what goes through its pipe
// and what comes out of its parser is all written in the test, and only the
// exploration takes it for unknown. That a goroutine of a test gets stuck, or
// panics, where it passed before, because unknown data or the environment sent it
// round once more, says more about the exploration than about the test.
//
// What it computes: on the schedule of a finding, whether the goroutine took the
// same operation before, and something unknown was decided since; and whether
// code out of sight served one operation twice by way of what the test handed it.

// repeated reports whether goroutine id comes back to an operation of a test for
// reasons that are not known. Last is the step in which it panics, nil if it is
// stuck.
func (s *search) repeated(id int, op *instr, last *Step) bool {
	if s.root.Kind != Test || locks(op.Op) {
		return false
	}
	steps := s.path(last)
	panics := last != nil // a panic may end the process only later, when deferred calls have run
	unknown := false
	for n := len(steps) - 1; n >= 0; n-- {
		step := &steps[n]
		if step.lent && slices.ContainsFunc(steps[:n], step.again) {
			return true
		}
		switch passed := step.Goroutine == id && step.at == op || step.Partner == id && step.partnerAt == op; {
		case passed && panics:
			panics, unknown = false, step.Env && !step.Timer
		case passed && (unknown || len(step.Choices) > 0):
			return true
		default:
			unknown = unknown || len(step.Choices) > 0 || step.Env && !step.Timer
		}
	}
	return false
}

// again reports whether an earlier step was the same, and lent too.
func (s *Step) again(before Step) bool {
	return before.lent && before.at == s.at && before.Case == s.Case && before.Goroutine == s.Goroutine
}
