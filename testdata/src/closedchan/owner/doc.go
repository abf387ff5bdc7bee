// Package owner closes channels in functions.
package owner
