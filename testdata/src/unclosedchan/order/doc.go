// Package order closes channels after other things.
package order
