// Package shadow makes channels in one of several branches.
package shadow
