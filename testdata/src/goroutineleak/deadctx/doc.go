// Package deadctx ends things when a context does.
package deadctx
