// Package crosspkg uses goroutines of another package.
package crosspkg
