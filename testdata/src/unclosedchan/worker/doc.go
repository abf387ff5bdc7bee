// Package worker keeps goroutines that wait for work.
package worker
