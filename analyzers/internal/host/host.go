// Package host holds what the checks must know of the program they run in.
package host

import "sync/atomic"

// GolangciLint is set within golangci-lint.
//
// It obeys //nolint, //nolint:all and //nolint:concheck itself, so these are left
// to it: were they obeyed here, it would see no finding and call the comment unused.
// And it turns each related place of a finding into a finding of its own, so
// findings there have none: one cause is one report.
var GolangciLint atomic.Bool
