// Package remote talks to other processes.
package remote
