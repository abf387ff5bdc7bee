// Package dispatch hands work to goroutines.
package dispatch
