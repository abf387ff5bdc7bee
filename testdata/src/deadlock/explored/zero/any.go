package zero

import (
	"errors"
	"fmt"
)

// Any returns the answer of a host that is up.
func Any(hosts []Host) (string, error) {
	answers := make(chan string, len(hosts))
	asked := 0
	for _, h := range hosts {
		if !h.Up {
			continue
		}
		asked++
		go func() {
			a, err := h.Request()
			if err != nil {
				a = ""
			}
			answers <- a
		}()
	}
	a := <-answers // want "receive from answers blocks for ever"
	if a == "" {
		return "", fmt.Errorf("none of %d hosts answered", asked)
	}
	return a, nil
}

// AnyFixed returns the answer of a host that is up.
func AnyFixed(hosts []Host) (string, error) {
	answers := make(chan string, len(hosts))
	asked := 0
	for _, h := range hosts {
		if !h.Up {
			continue
		}
		asked++
		go func() {
			a, err := h.Request()
			if err != nil {
				a = ""
			}
			answers <- a
		}()
	}
	if asked == 0 {
		return "", errors.New("no host is up")
	}
	a := <-answers
	if a == "" {
		return "", fmt.Errorf("none of %d hosts answered", asked)
	}
	return a, nil
}
