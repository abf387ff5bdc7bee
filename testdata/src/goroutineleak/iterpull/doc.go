// Package iterpull takes values of iterators one at a time.
package iterpull
