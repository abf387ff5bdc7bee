package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"
)

// sources reads source files for the formats that show or count in them. It
// keeps the last file read, for findings come sorted.
type sources struct {
	file  string
	lines []string // with their ends
}

// load returns the lines of a file, none if it cannot be read: a finding in a
// file that has vanished meanwhile is still a finding.
func (s *sources) load(file string) []string {
	if s.file != file {
		data, err := os.ReadFile(file)
		if err != nil {
			data = nil
		}
		s.file, s.lines = file, strings.SplitAfter(string(data), "\n")
	}
	return s.lines
}

// line returns the text of the line of p, or "".
func (s *sources) line(p position) string {
	lines := s.load(p.file)
	if p.line < 1 || p.line > len(lines) {
		return ""
	}
	return strings.TrimRight(lines[p.line-1], "\r\n")
}

// column returns the column of p in Unicode code points instead of bytes.
func (s *sources) column(p position) int {
	line := s.line(p)
	if p.col < 1 || p.col > len(line)+1 {
		return p.col
	}
	return utf8.RuneCountInString(line[:p.col-1]) + 1
}

// position returns the place of a byte offset.
func (s *sources) position(file string, offset int) position {
	p := position{file: file, line: 1, col: 1}
	for _, line := range s.load(file) {
		if offset < len(line) {
			break
		}
		if !strings.HasSuffix(line, "\n") {
			offset = min(offset, len(line))
			break
		}
		offset -= len(line)
		p.line++
	}
	p.col = offset + 1
	return p
}

// show prints the lines from start to end, with n more on each side, unless n
// is negative.
func (s *sources) show(w io.Writer, start, end position, n int) {
	if n < 0 {
		return
	}
	if end.file != start.file || end.line < start.line {
		end = start
	}
	last := min(end.line+n, len(s.load(start.file)))
	for i := max(1, start.line-n); i <= last; i++ {
		fmt.Fprintf(w, "%d\t%s\n", i, s.line(position{file: start.file, line: i}))
	}
}
