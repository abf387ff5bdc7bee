package generator

import (
	"bufio"
	"io"
	"iter"
	"strings"
)

// Table is a sequence of rows in a text.
type Table struct {
	Source io.Reader
	Comma  string
}

// Rows iterates over the rows. The text is read ahead.
func (t *Table) Rows() iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		rows := make(chan []string, 2)
		go func() {
			defer close(rows)
			lines := bufio.NewScanner(t.Source)
			for lines.Scan() {
				rows <- strings.Split(lines.Text(), t.Comma) // want "send on rows blocks for ever"
			}
		}()
		for r := range rows {
			if !yield(r) {
				return
			}
		}
	}
}

// Head returns the first column of the first n rows.
func Head(r io.Reader, n int) []string {
	t := &Table{Source: r, Comma: ";"}
	var out []string
	for row := range t.Rows() {
		if len(out) == n {
			break
		}
		out = append(out, row[0])
	}
	return out
}

// TableFixed is a sequence of rows in a text.
type TableFixed struct {
	Source io.Reader
	Comma  string
}

// Rows iterates over the rows. The text is read ahead.
func (t *TableFixed) Rows() iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		rows := make(chan []string, 2)
		quit := make(chan struct{})
		defer close(quit)
		go func() {
			defer close(rows)
			lines := bufio.NewScanner(t.Source)
			for lines.Scan() {
				select {
				case rows <- strings.Split(lines.Text(), t.Comma):
				case <-quit:
					return
				}
			}
		}()
		for r := range rows {
			if !yield(r) {
				return
			}
		}
	}
}

// HeadFixed returns the first column of the first n rows.
func HeadFixed(r io.Reader, n int) []string {
	t := &TableFixed{Source: r, Comma: ";"}
	var out []string
	for row := range t.Rows() {
		if len(out) == n {
			break
		}
		out = append(out, row[0])
	}
	return out
}
