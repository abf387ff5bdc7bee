// Package nilchan keeps channels in fields, maps and slices.
package nilchan
