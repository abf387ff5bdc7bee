// Package serviceloop has types whose state belongs to one goroutine. Methods
// talk to it through channels.
package serviceloop
