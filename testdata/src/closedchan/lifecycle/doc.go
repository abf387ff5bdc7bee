// Package lifecycle has types that start, stop and tell others about it.
package lifecycle
