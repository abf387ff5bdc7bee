package goroutineleak

import (
	_ "embed"

	"github.com/concheck/concheck/analyzers/finding"
	"github.com/concheck/concheck/analyzers/internal/explored"
)

//go:embed doc.go
var doc string

// Analyzer reports what its name says; doc.go has the details.
var Analyzer = explored.Check("goroutineleak", doc, mine)

// mine: a goroutine that a go statement started waits for ever, on a channel,
// a Cond or a library call, or any goroutine spins. Waits on locks are deadlocks, on WaitGroups miscounts.
func mine(f *finding.Finding) bool {
	switch f.Kind {
	case finding.Spin:
		return true
	case finding.Send, finding.Receive, finding.Select, finding.Cond, finding.Call, finding.Endless:
		return f.Spawned()
	}
	return false
}
