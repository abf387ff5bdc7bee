// Package bubble is tested in synctest bubbles, where Wait returns when all
// other goroutines of the bubble wait.
package bubble

import "sync"

// A Turnstile lets one goroutine in at a time, first come first served.
type Turnstile struct {
	mu    sync.Mutex
	moved sync.Cond
	in    []int
}

// New returns an empty turnstile.
func New() *Turnstile {
	t := new(Turnstile)
	t.moved.L = &t.mu
	return t
}
