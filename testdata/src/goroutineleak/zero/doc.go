// Package zero chooses the number of its goroutines itself.
package zero
