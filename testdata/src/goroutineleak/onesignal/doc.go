// Package onesignal tells goroutines to begin or to end.
package onesignal
