// Package cond waits for conditions.
package cond
