// Package itself has goroutines that stop services, sometimes their own.
package itself
