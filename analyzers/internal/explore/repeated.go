package explore

import (
	"slices"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// A test knows how often: what its server is asked, what goes through its pipe
// and what comes out of its parser is all written in the test, and only the
// exploration takes it for unknown. That a goroutine of a test gets stuck, or
// panics, where it passed before, because unknown data or the environment sent it
// round once more, says more about the exploration than about the test.
//
// What it computes: on the schedule of a finding, whether the goroutine took the
// same operation before, and something unknown was decided since; whether another
// did, for a loop beside the test that goes on as long as the unknown lets it (a
// server that accepts what nobody dials); and whether code out of sight served one
// operation twice by way of what the test handed it.

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
	return s.servedMore(steps, id, op)
}

// servedMore reports whether another goroutine took an operation before goroutine
// id came to it, and a third one, which is not the test itself, decided the same
// twice over: it started the one and, as it may seem, the other.
func (s *search) servedMore(steps []Step, id int, op *instr) bool {
	passed := slices.ContainsFunc(steps, func(step Step) bool {
		return step.at == op && step.Goroutine != id || step.partnerAt == op && step.Partner != id
	})
	if !passed {
		return false
	}
	type decision struct {
		goroutine int
		at        *skeleton.Instr
	}
	met := map[decision]bool{}
	for _, step := range steps {
		if step.Goroutine <= 0 || step.Goroutine == id || step.at == op {
			continue
		}
		for _, c := range step.Choices {
			d := decision{step.Goroutine, c.at}
			if c.Text != "" && met[d] {
				return true
			}
			met[d] = true
		}
	}
	return false
}

// again reports whether an earlier step was the same, and lent too.
func (s *Step) again(before Step) bool {
	return before.lent && before.at == s.at && before.Case == s.Case && before.Goroutine == s.Goroutine
}
