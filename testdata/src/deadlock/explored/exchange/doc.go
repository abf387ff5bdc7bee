// Package exchange lets goroutines exchange things.
package exchange
