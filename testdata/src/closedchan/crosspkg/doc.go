// Package crosspkg has its channels closed by another package.
package crosspkg
