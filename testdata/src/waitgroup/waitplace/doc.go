// Package waitplace waits for goroutines in several places.
package waitplace
