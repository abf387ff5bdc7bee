// Package balance adds to wait groups what its goroutines take away.
package balance
