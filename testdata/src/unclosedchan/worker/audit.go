package worker

import (
	"fmt"
	"io"
)

// Trail collects the actions of one request.
type Trail struct{ lines []string }

// Audit calls handle and stores what it did, by means of a Logger.
func Audit(w io.Writer, handle func(*Trail) error) error {
	entries := make(chan string)
	stored := make(chan int, 1)
	go func() {
		n := 0
		for e := range entries { // want "range over entries never ends"
			if _, err := io.WriteString(w, e); err == nil {
				n++
			}
		}
		stored <- n
	}()
	var t Trail
	if err := handle(&t); err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	for _, l := range t.lines {
		entries <- l
	}
	close(entries)
	if n := <-stored; n < len(t.lines) {
		return fmt.Errorf("audit: %d of %d entries stored", n, len(t.lines))
	}
	return nil
}

// Note adds an action.
func (t *Trail) Note(s string) { t.lines = append(t.lines, s) }

// AuditFixed calls handle and stores what it did, by means of a Logger.
func AuditFixed(w io.Writer, handle func(*Trail) error) error {
	entries := make(chan string)
	stored := make(chan int, 1)
	go func() {
		n := 0
		for e := range entries {
			if _, err := io.WriteString(w, e); err == nil {
				n++
			}
		}
		stored <- n
	}()
	var t Trail
	if err := handle(&t); err != nil {
		close(entries)
		return fmt.Errorf("audit: %w", err)
	}
	for _, l := range t.lines {
		entries <- l
	}
	close(entries)
	if n := <-stored; n < len(t.lines) {
		return fmt.Errorf("audit: %d of %d entries stored", n, len(t.lines))
	}
	return nil
}
