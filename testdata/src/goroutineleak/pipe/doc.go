// Package pipe connects a writer with a reader.
package pipe
