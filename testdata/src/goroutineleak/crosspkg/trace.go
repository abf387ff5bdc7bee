package crosspkg

import (
	"fmt"
	"io"

	"example.com/corpus/goroutineleak/crosspkg/feed"
)

// Trace runs the steps and writes their names.
func Trace(w io.Writer, names []string, step func(string) error) error {
	t := feed.Watch(func(name string) { fmt.Fprintln(w, name) }) // want "feed.Watch starts never ends.*: Close would end it"
	for i, n := range names {
		t.Put(n)
		if err := step(n); err != nil {
			return fmt.Errorf("step %d: %w", i, err)
		}
	}
	t.Close()
	return nil
}

// TraceFixed runs the steps and writes their names.
func TraceFixed(w io.Writer, names []string, step func(string) error) error {
	t := feed.Watch(func(name string) { fmt.Fprintln(w, name) })
	defer t.Close()
	for i, n := range names {
		t.Put(n)
		if err := step(n); err != nil {
			return fmt.Errorf("step %d: %w", i, err)
		}
	}
	return nil
}
