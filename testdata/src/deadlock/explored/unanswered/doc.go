// Package unanswered waits for signals that no code of the package gives.
package unanswered
