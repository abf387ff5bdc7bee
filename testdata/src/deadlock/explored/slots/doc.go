// Package slots takes slots of a channel and does not give them back.
package slots
