package closedchan

import (
	_ "embed"

	"github.com/concheck/concheck/analyzers/finding"
	"github.com/concheck/concheck/analyzers/internal/explored"
)

//go:embed doc.go
var doc string

// Analyzer reports what its name says; doc.go has the details.
var Analyzer = explored.Check("closedchan", doc, mine)

// mine: a panic of a channel.
func mine(f *finding.Finding) bool {
	return f.Kind == finding.SendClosed || f.Kind == finding.CloseClosed || f.Kind == finding.CloseNil
}
