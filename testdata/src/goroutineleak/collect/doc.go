// Package collect gathers the results of several goroutines.
package collect
