package explored

import (
	"slices"
	"strings"

	"github.com/concheck/concheck/analyzers/internal/explore"
	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// unending reports whether a root or a client itself waits for the end of a context
// that has none because its caller passed nil: who names no end to wait for is
// served for ever, as asked. Ignored: what it was that was nil.
func unending(f *explore.Finding) bool {
	m := &f.Main
	if f.Kind != explore.Stuck || !m.Root && m.Started != 0 || m.Op != skeleton.Recv || len(m.Waits) != 1 || !m.Waits[0].Nil || !strings.HasSuffix(m.Name, ".Done()") {
		return false
	}
	return slices.ContainsFunc(f.Steps, func(s explore.Step) bool {
		return slices.ContainsFunc(s.Choices, func(c explore.Choice) bool { return c.Val == "nil" && !c.Outcome })
	})
}
