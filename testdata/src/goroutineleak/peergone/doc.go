// Package peergone has services of several goroutines that all obey one signal, and one
// of which still wants something of another when that has gone.
package peergone
