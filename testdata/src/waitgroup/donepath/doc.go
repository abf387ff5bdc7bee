// Package donepath counts goroutines that may end in several ways.
package donepath
