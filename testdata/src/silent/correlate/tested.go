package correlate

import (
	"errors"
	"strings"
	"time"
)

// Until works in the background if there is a deadline.
func Until(deadline time.Time, work func() int) int {
	result := make(chan int)
	if !deadline.IsZero() {
		go func() { result <- work() }()
	}
	n := len(deadline.String())
	if deadline.IsZero() {
		return n
	}
	return n + <-result
}

// Fetch asks a mirror as well if the name is that of a mirror's file.
func Fetch(name string, get func(string) error) error {
	mirrored := make(chan error)
	if strings.HasPrefix(name, "mirror/") {
		go func() { mirrored <- get(name) }()
	}
	err := get(name)
	if strings.HasPrefix(name, "mirror/") {
		err = errors.Join(err, <-mirrored)
	}
	return err
}
