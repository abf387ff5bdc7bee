// Package corpus is the root of what the checks are tested on. It is a module
// of its own, so that the same packages can be analysed by analysistest, by the
// command line, by go vet -vettool and by golangci-lint.
//
// A folder bears the name of the check it is for. In it, comments that begin
// with "want" hold what that check reports; what another check says of the same
// line stands before, as in
//
//	ch <- 1 // also goroutineleak "blocks for ever" // want "closed"
package corpus
