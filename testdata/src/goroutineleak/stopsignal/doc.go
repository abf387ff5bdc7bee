// Package stopsignal has goroutines that go on until they are told to stop.
package stopsignal
