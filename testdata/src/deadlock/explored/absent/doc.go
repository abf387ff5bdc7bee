// Package absent waits for channels that are made in another place.
package absent
