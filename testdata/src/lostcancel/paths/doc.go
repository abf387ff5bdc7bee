// Package paths calls cancel functions on some paths.
package paths
