package finding

import (
	"fmt"
	"slices"
)

// maxSteps bounds the lines that tell a schedule: the end of it explains most.
const maxSteps = 12

// Condensed is a schedule as a reader wants it: an operation that loops repeat
// stands once, where it was done last and with how often; of a long schedule
// only the end is told.
func Condensed(steps []Step) []Step {
	type line struct {
		goroutine int
		pos       int
		text      string
	}
	lineOf := func(s Step) line { return line{s.Goroutine, int(s.Pos), s.Text} }
	times, last := map[line]int{}, map[line]int{}
	for i, s := range steps {
		times[lineOf(s)]++
		last[lineOf(s)] = i
	}
	var out []Step
	for i, s := range steps {
		if last[lineOf(s)] != i {
			continue
		}
		if n := times[lineOf(s)]; n > 1 {
			s.Text = fmt.Sprintf("%s (%d times)", s.Text, n)
		}
		out = append(out, s)
	}
	if n := len(out) - maxSteps; n > 0 {
		out = slices.Delete(out, 0, n)
		earlier := fmt.Sprintf("%d earlier steps", n)
		if n == 1 {
			earlier = "another step"
		}
		out[0].Text = fmt.Sprintf("after %s: %s", earlier, out[0].Text)
	}
	return out
}
