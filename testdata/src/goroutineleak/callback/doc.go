// Package callback sends from functions that the standard library calls.
package callback
