// Package waitbefore waits for its goroutines before it takes their results.
package waitbefore
