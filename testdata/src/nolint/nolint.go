package nolint

import "sync"

type counter struct {
	mu sync.Mutex
	n  int
}

func withReason(c *counter) int {
	a := *c //nolint:copylock // not shared yet
	b := *c //nolint:concheck // not shared yet
	//nolint:copylock // not shared yet
	d := *c
	e := *c //lint:ignore concheck/copylock not shared yet
	f := *c //nolint
	//lint:ignore SA2001,concheck/copylock not shared yet
	g := *c
	return a.n + b.n + d.n + e.n + f.n + g.n
}

func withoutReason(c *counter) int {
	a := *c /* want "suppression without a reason: write //nolint:copylock // reason$" */            //nolint:copylock
	b := *c /* want "suppression without a reason: write //lint:ignore concheck/copylock reason$" */ //lint:ignore concheck/copylock
	return a.n + b.n
}

func withoutNeed(c *counter) *counter {
	n := c.n //nolint:copylock // want "suppression of copylock, which finds nothing here: remove it"
	//lint:ignore concheck/copylock to no avail // want "suppression of copylock, which finds nothing here: remove it"
	c.n = n + 1
	d := *c //nolint:copylock,waitgroup // want "suppression of waitgroup, which finds nothing here: remove it"
	d.n++
	return c
}

func noSuchCheck(c *counter) {
	c.n++ //lint:ignore concheck/copylok misspelt // want "suppression of concheck/copylok, which is no check"
}

func ofOtherLinters(c *counter) {
	c.n++ //nolint:errcheck
	c.n++ //nolint:errcheck,gosec // reason
	c.n++ //nolint
	c.n++ //lint:ignore SA2001 reason
}

// What go vet is told not to say of a copied lock is not said here either.
func vetted(c *counter) int {
	a := *c //nolint:govet
	//nolint:errcheck,govet // not shared yet
	b := *c
	//nolint:errcheck // not shared yet
	d := *c // also copylock "copies lock"
	return a.n + b.n + d.n
}

// The line after a gap is not spoken of.
func tooFar(c *counter) int {
	//nolint:copylock // want "suppression of copylock, which finds nothing here: remove it"

	d := *c // also copylock "copies lock"
	return d.n
}
