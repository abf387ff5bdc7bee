package pipes

import (
	"bufio"
	"bytes"
	"io"
)

// First returns the first record for which match is true. The records are
// those that list writes.
func First(list func(w io.Writer), match func(string) bool) (string, bool) {
	pr, pw := io.Pipe()
	go func() {
		defer pw.Close()
		var buf bytes.Buffer
		list(&buf)
		pw.Write(buf.Bytes()) // stuck: First
	}()
	lines := bufio.NewScanner(pr)
	for lines.Scan() {
		if match(lines.Text()) {
			return lines.Text(), true
		}
	}
	return "", false
}

// FirstFixed returns the first record for which match is true. The records are
// those that list writes.
func FirstFixed(list func(w io.Writer), match func(string) bool) (string, bool) {
	pr, pw := io.Pipe()
	defer pr.Close()
	go func() {
		defer pw.Close()
		var buf bytes.Buffer
		list(&buf)
		pw.Write(buf.Bytes())
	}()
	lines := bufio.NewScanner(pr)
	for lines.Scan() {
		if match(lines.Text()) {
			return lines.Text(), true
		}
	}
	return "", false
}
