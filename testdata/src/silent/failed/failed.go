// Package failed is about tests that have failed: what they leave behind is
// nobody's concern.
package failed

// Double is what the tests look at.
func Double(n int) int { return 2 * n }
