// Package earlyreturn starts work in the background before it knows whether
// the result is needed.
package earlyreturn
