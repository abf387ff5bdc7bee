package deadlock

import (
	"github.com/concheck/concheck/analyzers/finding"
	"github.com/concheck/concheck/analyzers/internal/explored"
)

func init() { explored.ContractFlag(Analyzer) }

// mine: a lock that nobody releases, or a function that waits for ever itself.
func mine(f *finding.Finding) bool {
	switch f.Kind {
	case finding.Lock:
		return true
	case finding.Send, finding.Receive, finding.Select, finding.Cond, finding.Call:
		return !f.Spawned()
	}
	return false
}
