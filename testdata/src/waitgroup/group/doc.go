// Package group runs tasks with package errgroup.
package group
