package unclosedchan

import (
	_ "embed"

	"github.com/concheck/concheck/analyzers/finding"
	"github.com/concheck/concheck/analyzers/internal/explored"
)

//go:embed doc.go
var doc string

// Analyzer reports what its name says; doc.go has the details.
var Analyzer = explored.Check("unclosedchan", doc, mine)

// mine: a range over a channel that nobody closes.
func mine(f *finding.Finding) bool { return f.Kind == finding.Range }
