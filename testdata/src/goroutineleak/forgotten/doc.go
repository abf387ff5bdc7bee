// Package forgotten uses helpers that have to be closed.
package forgotten
