// Package crosspkg has its channels read by another package.
package crosspkg
