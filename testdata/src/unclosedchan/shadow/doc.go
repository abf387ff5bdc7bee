// Package shadow changes copies of values.
package shadow
