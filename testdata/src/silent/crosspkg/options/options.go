// Package options hands objects on in options.
package options

import "example.com/corpus/silent/crosspkg/clocks"

// Run waits until the scheduler has moved the clock.
func Run() {
	c := clocks.New()
	clocks.Start(clocks.With(c))
	c.Wait()
}
