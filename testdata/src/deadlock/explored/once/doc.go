// Package once does things only once.
package once
