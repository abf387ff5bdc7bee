// Package generator produces sequences in the background.
package generator
