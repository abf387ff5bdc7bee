package fanin

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
)

// Record is one line of an export.
type Record struct {
	ID   int
	Name string
}

// Export writes the records as CSV. Formatting and writing overlap.
func Export(w io.Writer, records []Record) error {
	lines := make(chan []string, 8)
	done := make(chan error, 1)
	go func() {
		out := csv.NewWriter(w)
		for l := range lines { // want "range over lines never ends"
			out.Write(l)
		}
		out.Flush()
		done <- out.Error()
	}()
	for _, r := range records {
		if r.ID <= 0 {
			return fmt.Errorf("record %q has no id", r.Name)
		}
		lines <- []string{strconv.Itoa(r.ID), r.Name}
	}
	close(lines)
	return <-done
}

// ExportFixed writes the records as CSV. Formatting and writing overlap.
func ExportFixed(w io.Writer, records []Record) error {
	lines := make(chan []string, 8)
	done := make(chan error, 1)
	go func() {
		out := csv.NewWriter(w)
		for l := range lines {
			out.Write(l)
		}
		out.Flush()
		done <- out.Error()
	}()
	for _, r := range records {
		if r.ID <= 0 {
			close(lines)
			return fmt.Errorf("record %q has no id", r.Name)
		}
		lines <- []string{strconv.Itoa(r.ID), r.Name}
	}
	close(lines)
	return <-done
}
