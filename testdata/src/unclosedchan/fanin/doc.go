// Package fanin spreads work over goroutines and merges what they produce.
package fanin
