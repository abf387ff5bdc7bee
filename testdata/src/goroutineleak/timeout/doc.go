// Package timeout waits for answers, but not for too long.
package timeout
