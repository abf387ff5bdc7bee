// Package clocks has clocks for tests, and options that take them along.
package clocks

// Clock is a clock that is moved by hand.
type Clock struct{ moved chan struct{} }

// New makes a clock.
func New() *Clock { return &Clock{moved: make(chan struct{})} }

// Wait waits until the clock is moved.
func (c *Clock) Wait() { <-c.moved }

// Move moves the clock.
func (c *Clock) Move() { c.moved <- struct{}{} }

type options struct{ clock *Clock }

// Option is what a scheduler goes by.
type Option func(*options) error

// With makes a scheduler go by a clock.
func With(c *Clock) Option {
	return func(o *options) error {
		o.clock = c
		return nil
	}
}

// Start starts a scheduler. It is written in assembly: nobody looks into it.
func Start(...Option)
