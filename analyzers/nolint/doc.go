/*
Package nolint defines an Analyzer that reports comments which suppress
findings of concheck without a reason or without need.

# Analyzer nolint

nolint: report suppressions that give no reason or suppress nothing

A finding is suppressed by a comment at the end of its line or on the line
above it:

	//nolint:concheck // reason
	//nolint:NAME // reason
	//lint:ignore concheck/NAME reason

The reason is for the reader who comes later, and a suppression that no longer
suppresses anything hides the next mistake made on that line. For example:

	// WRONG: nobody will know why, or whether it still holds
	snapshot := *stats //nolint:copylock

	// RIGHT
	snapshot := *stats //nolint:copylock // stats is not shared yet

Whether a suppression is needed is only said of checks that ran: not of those
that are switched off, nor of other linters. A bare //nolint belongs to every linter
and is obeyed without remark, as is //nolint:govet by the checks that go vet has as
well, copylock, lostcancel and waitgroup, and generated files may hold any. Within
golangci-lint, //nolint:concheck is golangci-lint's own: its nolintlint watches
over it.
*/
package nolint
