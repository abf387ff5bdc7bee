// Package analyzers is the one registry of concheck's checks.
package analyzers

import "golang.org/x/tools/go/analysis"

// All returns every check, sorted by name.
func All() []*analysis.Analyzer {
	return []*analysis.Analyzer{}
}
