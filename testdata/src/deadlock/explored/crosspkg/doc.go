// Package crosspkg waits for what another package may not do.
package crosspkg
