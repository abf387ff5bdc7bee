package shadow

import (
	"errors"
	"log/slog"
	"time"
)

// Warm fills a cache, in the background if there is time.
func Warm(keys []string, wait bool, load func(string) error, log *slog.Logger) (int, error) {
	var loaded chan error
	if n := len(keys); n > 0 {
		loaded := make(chan error, n)
		log.Debug("warming", "keys", n, "room", cap(loaded))
	}
	for _, k := range keys {
		go func() {
			loaded <- load(k) // want "send on loaded blocks for ever"
		}()
	}
	if !wait {
		return 0, nil
	}
	n := 0
	for range keys {
		select {
		case err := <-loaded:
			if err != nil {
				return n, err
			}
			n++
		case <-time.After(time.Second):
			return n, errors.New("timeout")
		}
	}
	return n, nil
}

// WarmFixed fills a cache, in the background if there is time.
func WarmFixed(keys []string, wait bool, load func(string) error, log *slog.Logger) (int, error) {
	var loaded chan error
	if n := len(keys); n > 0 {
		loaded = make(chan error, n)
		log.Debug("warming", "keys", n, "room", cap(loaded))
	}
	for _, k := range keys {
		go func() {
			loaded <- load(k)
		}()
	}
	if !wait {
		return 0, nil
	}
	n := 0
	for range keys {
		select {
		case err := <-loaded:
			if err != nil {
				return n, err
			}
			n++
		case <-time.After(time.Second):
			return n, errors.New("timeout")
		}
	}
	return n, nil
}
