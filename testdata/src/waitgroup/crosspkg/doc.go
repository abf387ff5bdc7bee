// Package crosspkg lets another package count its goroutines.
package crosspkg
