// Package ncast asks several parties and takes the answer that comes first.
package ncast
