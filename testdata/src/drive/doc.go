// Package drive runs the examples of the corpus, so that what their comments
// say is what the Go runtime does: a positive really leaks, hangs or panics at
// the line where a comment wants a report, and its fixed twin, called in the same
// way, does not. The tests need GOEXPERIMENT=goroutineleakprofile.
package drive
