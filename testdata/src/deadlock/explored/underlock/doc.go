// Package underlock shares state and channels between goroutines.
package underlock
