// Package endless does things at intervals.
package endless
