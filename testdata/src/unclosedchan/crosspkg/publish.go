package crosspkg

import (
	"errors"

	"example.com/corpus/goroutineleak/crosspkg/bus"
)

// Publish sends the events to a handler, up to the first that is empty.
func Publish(events []string, handle func(string)) error {
	b := bus.New(handle) // want "never ends"
	for _, e := range events {
		if e == "" {
			return errors.New("empty event")
		}
		b.Send(e)
	}
	b.Close()
	return nil
}

// PublishFixed sends the events to a handler, up to the first that is empty.
func PublishFixed(events []string, handle func(string)) error {
	b := bus.New(handle)
	defer b.Close()
	for _, e := range events {
		if e == "" {
			return errors.New("empty event")
		}
		b.Send(e)
	}
	return nil
}
