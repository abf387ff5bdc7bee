// Package group has goroutines that live as long as an errgroup.
package group
