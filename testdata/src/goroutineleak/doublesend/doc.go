// Package doublesend reports the outcome of work through a channel.
package doublesend
