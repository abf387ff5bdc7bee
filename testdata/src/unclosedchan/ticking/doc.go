// Package ticking does things at intervals.
package ticking
